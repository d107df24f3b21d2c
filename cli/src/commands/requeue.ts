import type { Command } from 'commander';
import { parseChunkRanges } from '../arguments/chunkRanges.ts';
import { parseId } from '../arguments/ids.ts';
import { answerOutcome, eachOf } from '../eachOf.ts';
import { exitCodes } from '../exitCodes.ts';
import { CliError, usageError } from '../failure.ts';
import { counted } from '../output/format.ts';
import { collect } from '../pages.ts';
import { openSession, type Session } from '../session.ts';

const MOST_FAILED = 10_000;

export function addRequeue(program: Command): void {
  program
    .command('requeue')
    .argument('<job>', 'id of a job', parseId)
    .argument('[chunks]', 'chunks, such as 3, 3-7 or 3-7,9', parseChunkRanges)
    .summary('render chunks again')
    .description(
      'Renders chunks of a job again. A job that has ended is opened again; a node that is rendering one of them is stopped.',
    )
    .option('--failed', 'all chunks that failed')
    .action(
      async (
        jobId: number,
        chunks: number[] | undefined,
        options: { failed?: boolean },
        command: Command,
      ) => {
        if ((chunks === undefined) !== (options.failed === true)) {
          throw usageError(
            `say which chunks: rollcall requeue ${jobId} 3-7,9 or rollcall requeue ${jobId} --failed`,
          );
        }
        const session = openSession(command);
        const ids = chunks ?? (await failedChunks(session, jobId));
        if (chunks !== undefined) await assertChunks(session, jobId, chunks);
        const outcome = await eachOf(ids, (chunkId) =>
          session.client.chunkSetStatus({ jobId, chunkId, status: 'queued' }),
        );
        if (ids.length === 0) session.screen.note(`No chunk of job ${jobId} has failed.`);
        answerOutcome(
          session.screen,
          outcome,
          (done) => `Put ${counted(done.length, 'chunk')} of job ${jobId} into the queue again.`,
        );
      },
    );
}

async function failedChunks({ client }: Session, jobId: number): Promise<number[]> {
  const { entries } = await collect(MOST_FAILED, async (page) => {
    const { chunks, nextPageToken } = await client.chunkGetList({ jobId, status: 'failed', ...page });
    return { entries: chunks, nextPageToken };
  });
  return entries.map(({ chunkId }) => chunkId);
}

/** A slip in a range must not put half of it into the queue before it is noticed. */
async function assertChunks({ client }: Session, jobId: number, chunks: readonly number[]): Promise<void> {
  const { job } = await client.jobGet({ id: jobId });
  const last = chunks.at(-1) ?? 0;
  if (job.type === 'job' && last > job.chunkCount) {
    throw new CliError(exitCodes.notFound, `There is no chunk ${last}: job ${jobId} has ${job.chunkCount}.`);
  }
}
