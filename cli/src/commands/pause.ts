import type { Command } from 'commander';
import { parseMoreIds } from '../arguments/ids.ts';
import { answerOutcome, eachOf } from '../eachOf.ts';
import { openSession } from '../session.ts';

export function addPause(program: Command): void {
  program
    .command('pause')
    .argument('<id...>', 'ids of jobs', parseMoreIds)
    .summary('pause jobs')
    .description('Pauses jobs: no chunk of them is handed out any more; chunks that run are finished.')
    .action(async (ids: number[], _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const outcome = await eachOf(ids, (id) => client.jobEdit({ id, changes: { paused: true } }));
      answerOutcome(screen, outcome, (done) => `Paused ${jobsText(done)}.`);
    });
}

/** `job 3`, or `jobs 3, 4 and 5`. */
export function jobsText(ids: readonly number[]): string {
  return ids.length === 1 ? `job ${ids[0]}` : `jobs ${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}`;
}
