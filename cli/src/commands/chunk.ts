import type { Command } from 'commander';
import type { Chunk } from '../../../client/src/generated.ts';
import { frameRange } from '../arguments/frames.ts';
import { parseId } from '../arguments/ids.ts';
import { openNodeBook } from '../nodes.ts';
import { fullTime, percent, timeBetween } from '../output/format.ts';
import { pairs } from '../output/pairs.ts';
import type { Screen } from '../output/screen.ts';
import { chunkStatus } from '../output/styles.ts';
import { openSession } from '../session.ts';

export function addChunk(program: Command): void {
  program
    .command('chunk')
    .argument('<job>', 'id of a job', parseId)
    .argument('<chunk>', 'id of a chunk', parseId)
    .summary('show one chunk')
    .description('Shows one chunk of a job: its frames, where it runs or ran last, and how that ended.')
    .action(async (jobId: number, chunkId: number, _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { chunk } = await client.chunkGet({ jobId, chunkId });
      const node = (await openNodeBook(client, !screen.isJson && chunk.nodeId !== null)).nameOf(chunk.nodeId);
      screen.answer({ json: () => ({ chunk }), text: () => chunkLines(chunk, node, screen) });
    });
}

function chunkLines(chunk: Chunk, node: string, screen: Screen): string[] {
  const { paint } = screen;
  const status = chunkStatus(chunk);
  return [
    `${paint('dim', `job ${chunk.jobId}`)}  ${paint('bold', `chunk ${chunk.chunkId}`)}  ${paint(status.style, status.text)}`,
    '',
    ...pairs(
      [
        ['Frames', frameRange(chunk)],
        ['Slice', chunk.slice > 0 ? String(chunk.slice) : ''],
        ['Node', node],
        ['Done', chunk.status === 'running' ? percent(chunk.progress) : ''],
        ['Attempt', chunk.attempt > 0 ? String(chunk.attempt) : ''],
        ['Failed before', chunk.requeueCount > 0 ? String(chunk.requeueCount) : ''],
        ['Started', chunk.startedAt === null ? '' : fullTime(chunk.startedAt)],
        ['Ended', chunk.endedAt === null ? '' : fullTime(chunk.endedAt)],
        ['Took', chunk.endedAt === null ? '' : timeBetween(chunk.startedAt, chunk.endedAt, Date.now())],
        ['Exit code', chunk.exitCode === null ? '' : String(chunk.exitCode)],
        ['Message', chunk.message],
      ],
      screen,
    ),
  ];
}
