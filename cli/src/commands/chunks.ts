import { type Command, Option } from 'commander';
import type { Chunk } from '../../../client/src/generated.ts';
import { frameRange } from '../arguments/frames.ts';
import { parseId, parseNumber } from '../arguments/ids.ts';
import { type NodeBook, openNodeBook } from '../nodes.ts';
import { chunkMap } from '../output/chunkMap.ts';
import { percent, timeBetween } from '../output/format.ts';
import type { Screen } from '../output/screen.ts';
import { chunkStatus } from '../output/styles.ts';
import { table } from '../output/table.ts';
import { collect } from '../pages.ts';
import { openSession } from '../session.ts';
import { addThumbnail } from './chunks/thumbnail.ts';

const DEFAULT_LIMIT = 1_000;
/** A map holds more of them on a screen. */
const DEFAULT_MAP_LIMIT = 20_000;

interface ChunksOptions {
  readonly map?: boolean;
  readonly status?: Chunk['status'];
  readonly from?: number;
  readonly limit?: number;
}

export function addChunks(program: Command): void {
  const chunks = program
    .command('chunks')
    .argument('<job>', 'id of a job', parseId)
    .summary('show the chunks of a job')
    .description('Shows the chunks of a job, those too that no node has had yet.')
    .option('--map', 'one character a chunk')
    .addOption(
      new Option('--status <status>', 'only chunks with this status').choices([
        'waiting',
        'queued',
        'running',
        'completed',
        'warning',
        'failed',
      ]),
    )
    .option('--from <chunk>', 'from this chunk on', parseId)
    .option(
      '--limit <count>',
      `most chunks (default: ${DEFAULT_LIMIT}, with --map ${DEFAULT_MAP_LIMIT})`,
      parseNumber(1, 1_000_000),
    )
    .action(async (jobId: number, { map = false, status, from, limit }: ChunksOptions, command: Command) => {
      const { client, screen } = openSession(command);
      const most = limit ?? (map ? DEFAULT_MAP_LIMIT : DEFAULT_LIMIT);
      const { entries, isComplete } = await collect(most, async (page) => {
        const { chunks, nextPageToken } = await client.chunkGetList({ jobId, status, from, ...page });
        return { entries: chunks, nextPageToken };
      });
      const nodes = await openNodeBook(
        client,
        !screen.isJson && !map && entries.some(({ nodeId }) => nodeId !== null),
      );
      screen.answer({
        json: () => ({ chunks: entries, isComplete }),
        text: () => {
          if (entries.length === 0) return ['No chunks.'];
          return map ? chunkMap(entries, screen.width(), screen.paint) : chunkTable(entries, nodes, screen);
        },
        quiet: () => entries.map(({ chunkId }) => String(chunkId)),
      });
      const last = entries.at(-1);
      if (!isComplete && last !== undefined) {
        screen.note(`There are more; --from ${last.chunkId + 1} goes on, --limit shows more.`);
      }
    });
  addThumbnail(chunks);
}

function chunkTable(chunks: readonly Chunk[], nodes: NodeBook, screen: Screen): string[] {
  const now = Date.now();
  const isSliced = chunks.some(({ slice }) => slice > 0);
  return table<Chunk>(
    chunks,
    [
      { title: 'CHUNK', align: 'right', cell: ({ chunkId }) => String(chunkId) },
      { title: 'STATUS', cell: chunkStatus },
      { title: 'FRAMES', align: 'right', cell: frameRange },
      { title: 'SLICE', align: 'right', cell: ({ slice }) => (isSliced ? String(slice) : '') },
      { title: 'NODE', rank: 1, shrinksTo: 10, cell: ({ nodeId }) => nodes.nameOf(nodeId) },
      { title: 'TRY', align: 'right', rank: 2, cell: ({ attempt }) => (attempt > 1 ? String(attempt) : '') },
      {
        title: 'DONE',
        align: 'right',
        rank: 3,
        cell: (chunk) => {
          const progress = chunk.status === 'running' ? chunk.progress : 0;
          return progress > 0 ? percent(progress) : '';
        },
      },
      {
        title: 'TIME',
        align: 'right',
        rank: 4,
        cell: ({ status, startedAt, endedAt }) =>
          status === 'queued' || status === 'waiting' ? '' : timeBetween(startedAt, endedAt, now),
      },
      {
        title: 'EXIT',
        align: 'right',
        rank: 5,
        cell: ({ exitCode }) => (exitCode === null || exitCode === 0 ? '' : String(exitCode)),
      },
      { title: 'MESSAGE', rank: 6, shrinksTo: 16, cell: ({ message }) => message },
    ],
    screen.width(),
    screen.paint,
  );
}
