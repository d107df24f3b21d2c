import type { Command } from 'commander';
import { openSession } from '../../session.ts';

export function addZero(db: Command): void {
  db.command('zero')
    .summary('set the counters of the statistics to zero')
    .description(
      'Lets the counters of the statistics begin anew: samples from now on count from this moment, those that were taken keep theirs.',
    )
    .action(async (_: object, command: Command) => {
      const { client, screen } = openSession(command);
      await client.systemResetStatisticsCounters({});
      screen.answer({ json: () => ({}), text: () => ['The counters begin anew.'] });
    });
}
