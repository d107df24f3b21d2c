import type { Command } from 'commander';
import { parseMoreIds } from '../arguments/ids.ts';
import { answerOutcome, eachOf } from '../eachOf.ts';
import { openSession } from '../session.ts';
import { jobsText } from './pause.ts';

export function addRecount(program: Command): void {
  program
    .command('recount')
    .argument('<id...>', 'ids of jobs', parseMoreIds)
    .summary('count the chunks of jobs again')
    .description(
      'Counts the chunks of jobs again and sets their status by them. For jobs of more than 20,000 chunks the count goes on ' +
        'by itself.',
    )
    .action(async (ids: number[], _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const outcome = await eachOf(ids, (id) => client.jobUpdateStatus({ id }));
      answerOutcome(screen, outcome, (done) => `Counted the chunks of ${jobsText(done)} again.`);
    });
}
