import type { Command } from 'commander';
import { openSession } from '../../session.ts';

export function addClearLog(log: Command): void {
  log
    .command('clear')
    .summary('clear it')
    .description('Clears the live log. The logs of the days stay as they are.')
    .action(async (_: object, command: Command) => {
      const { client, screen } = openSession(command);
      await client.logClear({});
      screen.answer({ json: () => ({}), text: () => ['Cleared. The logs of the days are still there.'] });
    });
}
