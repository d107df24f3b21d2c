import type { Command } from 'commander';
import { parseMoreIds } from '../arguments/ids.ts';
import { answerOutcome, eachOf } from '../eachOf.ts';
import { openSession } from '../session.ts';
import { jobsText } from './pause.ts';

export function addReinit(program: Command): void {
  program
    .command('reinit')
    .argument('<id...>', 'ids of jobs', parseMoreIds)
    .summary('render jobs again from the start')
    .description('Renders every chunk of a job again. Nodes that work on it are stopped.')
    .action(async (ids: number[], _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const outcome = await eachOf(ids, (id) => client.jobReinit({ id }));
      answerOutcome(screen, outcome, (done) => `Started ${jobsText(done)} again.`);
    });
}
