/** Nodes as a table. */
import type { Node } from '../../../client/src/generated.ts';
import { percent, shortTime, size } from './format.ts';
import type { Screen } from './screen.ts';
import { nodeStatus } from './styles.ts';
import { table } from './table.ts';

/** One line a node, titles first. */
export function nodeTable(
  nodes: readonly Node[],
  screen: Pick<Screen, 'width' | 'paint'>,
  now: number,
): string[] {
  return table<Node>(
    nodes,
    [
      { title: 'ID', align: 'right', cell: ({ id }) => String(id) },
      { title: 'NAME', shrinksTo: 20, cell: ({ name }) => name },
      { title: 'STATUS', cell: nodeStatus },
      {
        title: 'WORKS ON',
        cell: ({ jobId, chunkId }) => (jobId === null ? '' : `job ${jobId}, chunk ${chunkId}`),
      },
      {
        title: 'DONE',
        align: 'right',
        rank: 5,
        cell: ({ jobId, progress }) => (jobId === null || progress === 0 ? '' : percent(progress)),
      },
      { title: 'POOLS', rank: 2, shrinksTo: 10, cell: ({ pools }) => pools.join(', ') },
      {
        title: 'CPU',
        align: 'right',
        rank: 4,
        cell: ({ load }) => (load ? `${Math.round(load.cpu)} %` : ''),
      },
      {
        title: 'FREE MEM',
        align: 'right',
        rank: 6,
        cell: ({ load }) => (load ? size(load.freeMemoryMb) : ''),
      },
      {
        title: 'FREE DISK',
        align: 'right',
        rank: 7,
        cell: ({ load }) => (load ? size(load.freeDiskMb) : ''),
      },
      { title: 'CORES', align: 'right', rank: 8, cell: ({ cores }) => String(cores) },
      {
        title: 'SYSTEM',
        rank: 9,
        cell: ({ platform, architecture }) => [platform, architecture].join(' '),
      },
      { title: 'SEEN', align: 'right', rank: 3, cell: ({ lastSeenAt }) => shortTime(lastSeenAt, now) },
      { title: 'NOTES', rank: 10, shrinksTo: 16, cell: ({ notes }) => notes },
    ],
    screen.width(),
    screen.paint,
  );
}
