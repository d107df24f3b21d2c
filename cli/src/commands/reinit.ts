import type { Command } from 'commander';
import { parseMoreIds } from '../arguments/ids.ts';
import { assertConfirmed, type Confirmable, yesOption } from '../confirmation.ts';
import { answerOutcome, eachOf } from '../eachOf.ts';
import { openSession } from '../session.ts';
import { jobsText } from './pause.ts';

export function addReinit(program: Command): void {
  program
    .command('reinit')
    .argument('<id...>', 'ids of jobs', parseMoreIds)
    .summary('render jobs again from the start')
    .description(
      'Renders every chunk of a job again: what it has done so far counts no more, and nodes that work on it are stopped. ' +
        'Asks first; without a terminal nothing is started again unless --yes is given.',
    )
    .addOption(yesOption())
    .action(async (ids: number[], options: Confirmable, command: Command) => {
      await assertConfirmed(options, 'started again', () => `Render every chunk of ${jobsText(ids)} again?`);
      const { client, screen } = openSession(command);
      const outcome = await eachOf(ids, (id) => client.jobReinit({ id }));
      answerOutcome(screen, outcome, (done) => `Started ${jobsText(done)} again.`);
    });
}
