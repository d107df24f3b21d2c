/** A job's chunks as one character each. */
import type { Chunk } from '../../../client/src/generated.ts';
import type { Paint } from './screen.ts';
import type { Style } from './styles.ts';

const marks: Readonly<Record<Chunk['status'], { readonly character: string; readonly style: Style }>> = {
  waiting: { character: '-', style: 'dim' },
  queued: { character: '·', style: 'dim' },
  running: { character: '▶', style: 'cyan' },
  completed: { character: '█', style: 'green' },
  warning: { character: '!', style: 'magenta' },
  failed: { character: '✗', style: 'red' },
};

const GROUP = 10;
const MOST_A_LINE = 100;

/** Lines of the map, with the number of the first chunk before each, and a legend of what occurs. */
export function chunkMap(
  chunks: readonly Pick<Chunk, 'chunkId' | 'status'>[],
  width: number,
  paint: Paint,
): string[] {
  const margin = String(chunks.at(-1)?.chunkId ?? 0).length;
  const groups = Math.floor((Math.min(width, MOST_A_LINE * 2) - margin - 1) / (GROUP + 1));
  const perLine = Math.max(GROUP, Math.min(MOST_A_LINE, groups * GROUP));
  const lines: string[] = [];
  for (let start = 0; start < chunks.length; start += perLine) {
    const line = chunks.slice(start, start + perLine);
    let text = '';
    for (const [index, { status }] of line.entries()) {
      const { character, style } = marks[status];
      text += (index > 0 && index % GROUP === 0 ? ' ' : '') + paint(style, character);
    }
    lines.push(`${paint('dim', String(line[0]?.chunkId).padStart(margin))} ${text}`);
  }
  return [...lines, '', legend(chunks, paint)];
}

function legend(chunks: readonly Pick<Chunk, 'status'>[], paint: Paint): string {
  return (Object.keys(marks) as Chunk['status'][])
    .map((status) => ({ status, count: chunks.filter((chunk) => chunk.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${paint(marks[status].style, marks[status].character)} ${count} ${status}`)
    .join('   ');
}
