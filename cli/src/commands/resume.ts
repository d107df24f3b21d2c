import type { Command } from 'commander';
import { parseMoreIds } from '../arguments/ids.ts';
import { answerOutcome, eachOf } from '../eachOf.ts';
import { openSession } from '../session.ts';
import { jobsText } from './pause.ts';

export function addResume(program: Command): void {
  program
    .command('resume')
    .argument('<id...>', 'ids of jobs', parseMoreIds)
    .summary('resume paused jobs')
    .description('Lets chunks of paused jobs be handed out again.')
    .action(async (ids: number[], _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const outcome = await eachOf(ids, (id) => client.jobEdit({ id, changes: { paused: false } }));
      answerOutcome(screen, outcome, (done) => `Resumed ${jobsText(done)}.`);
    });
}
