import type { Command } from 'commander';
import { parseMoreIds } from '../arguments/ids.ts';
import { answerOutcome, eachOf } from '../eachOf.ts';
import { openSession } from '../session.ts';
import { jobsText } from './pause.ts';

export function addResend(program: Command): void {
  program
    .command('resend')
    .argument('<id...>', 'ids of jobs', parseMoreIds)
    .summary('show jobs to all Consoles again')
    .description('Sends jobs to all Consoles again. Nothing about the jobs changes.')
    .action(async (ids: number[], _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const outcome = await eachOf(ids, (id) => client.jobUpdate({ id }));
      answerOutcome(screen, outcome, (done) => `Sent ${jobsText(done)} to all Consoles again.`);
    });
}
