/** Progress bars. */
import type { Job } from '../../../client/src/generated.ts';
import type { Paint } from './screen.ts';
import type { Style } from './styles.ts';

type Counted = Pick<Job, 'chunkCount' | 'counts' | 'runningCount'>;

/** Chunks that have ended. */
export const endedCount = ({ counts }: Pick<Job, 'counts'>): number =>
  counts.completed + counts.warning + counts.failed;

/**
 * A bar of so many characters: what completed, failed and runs, then the rest. Each has its own character, so that
 * it can be read without colours. Ends are rounded down: a full bar means that all is done.
 */
export function bar(job: Counted, width: number, paint: Paint): string {
  const { completed, warning, failed } = job.counts;
  const parts: readonly [count: number, character: string, style: Style][] = [
    [completed, '█', 'green'],
    [warning, '█', 'magenta'],
    [failed, '▒', 'red'],
    [job.runningCount, '▓', 'cyan'],
  ];
  let text = '';
  let counted = 0;
  let drawn = 0;
  for (const [count, character, style] of parts) {
    counted += Math.max(0, count);
    const until = Math.min(width, job.chunkCount === 0 ? 0 : Math.floor((counted / job.chunkCount) * width));
    if (until > drawn) text += paint(style, character.repeat(until - drawn));
    drawn = Math.max(drawn, until);
  }
  return drawn < width ? text + paint('dim', '░'.repeat(width - drawn)) : text;
}
