/** Progress bars. */
import type { Job } from '../../../client/src/generated.ts';
import { type Style, type Styled, styled } from './styles.ts';

type Counted = Pick<Job, 'chunkCount' | 'counts' | 'runningCount'>;

/** Chunks that have ended. */
export const endedCount = ({ counts }: Pick<Job, 'counts'>): number =>
  counts.completed + counts.warning + counts.failed;

/**
 * A bar of so many characters: what completed, failed and runs, then the rest. Each has its own character, so that
 * it can be read without colours. Ends are rounded down: a full bar means that all is done.
 */
export function bar(job: Counted, width: number): Styled[] {
  const { completed, warning, failed } = job.counts;
  const kinds: readonly [count: number, character: string, style: Style][] = [
    [completed, '█', 'green'],
    [warning, '█', 'magenta'],
    [failed, '▒', 'red'],
    [job.runningCount, '▓', 'cyan'],
  ];
  const parts: Styled[] = [];
  let counted = 0;
  let drawn = 0;
  for (const [count, character, style] of kinds) {
    counted += Math.max(0, count);
    const until = Math.min(width, job.chunkCount === 0 ? 0 : Math.floor((counted / job.chunkCount) * width));
    if (until > drawn) parts.push(styled(style, character.repeat(until - drawn)));
    drawn = Math.max(drawn, until);
  }
  return drawn < width ? [...parts, styled('dim', '░'.repeat(width - drawn))] : parts;
}
