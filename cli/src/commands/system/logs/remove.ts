import type { Command } from 'commander';
import { printable } from '../../../output/printable.ts';
import { openSession } from '../../../session.ts';

export function addRemoveLog(logs: Command): void {
  logs
    .command('remove')
    .argument('<log>', 'name of a log')
    .summary('remove one')
    .description('Removes a log. Of the log of today lines that are written later stay.')
    .action(async (name: string, _: object, command: Command) => {
      const { client, screen } = openSession(command);
      if (name.startsWith('action-')) await client.systemRemoveActionLog({ name });
      else await client.systemRemoveActivityLog({ name });
      screen.answer({
        json: () => ({ name }),
        text: () => [`Removed ${printable(name)}.`],
        quiet: () => [name],
      });
    });
}
