import type { Command } from 'commander';
import type { Job } from '../../../client/src/generated.ts';
import { parseMoreIds } from '../arguments/ids.ts';
import { assertConfirmed, type Confirmable, yesOption } from '../confirmation.ts';
import { answerOutcome, eachOf } from '../eachOf.ts';
import { counted } from '../output/format.ts';
import { printable } from '../output/printable.ts';
import { jobStatus } from '../output/styles.ts';
import { openSession } from '../session.ts';
import { jobsText } from './pause.ts';

/** A longer list would push the question off the screen. */
const MOST_SHOWN = 10;

export function addDelete(program: Command): void {
  program
    .command('delete')
    .argument('<id...>', 'ids of jobs or empty folders', parseMoreIds)
    .summary('delete jobs or empty folders')
    .description(
      'Deletes jobs or empty folders. Nodes that work on them are stopped; history stays. Asks first; without a terminal ' +
        'nothing is deleted unless --yes is given.',
    )
    .addOption(yesOption())
    .action(async (ids: number[], options: Confirmable, command: Command) => {
      const { client, screen } = openSession(command);
      await assertConfirmed(options, 'deleted', async () => {
        const jobs = await Promise.all(
          ids.slice(0, MOST_SHOWN).map(async (id) => (await client.jobGet({ id })).job),
        );
        return `${summary(jobs, ids.length)}\nDelete ${ids.length === 1 ? 'it' : `these ${ids.length}`}?`;
      });
      const outcome = await eachOf(ids, (id) => client.jobDelete({ id }));
      answerOutcome(screen, outcome, (done) => `Deleted ${jobsText(done)}.`);
    });
}

function summary(jobs: readonly Job[], count: number): string {
  const lines = jobs.map((job) => {
    const what =
      job.type === 'folder' ? 'a folder' : `${jobStatus(job).text}, ${counted(job.chunkCount, 'chunk')}`;
    return `  ${job.id}  ${printable(job.name)} (${what}, of ${printable(job.owner)})`;
  });
  return [...lines, ...(count > jobs.length ? [`  and ${count - jobs.length} more`] : [])].join('\n');
}
