import type { Command } from 'commander';
import { openSession } from '../../session.ts';

export function addAddMessage(log: Command): void {
  log
    .command('add')
    .argument('<message>', 'one line')
    .summary('add a message')
    .description('Adds a message to the log, with your name.')
    .option('--internal', 'mark it as internal')
    .action(async (message: string, { internal = false }: { internal?: boolean }, command: Command) => {
      const { client, screen } = openSession(command);
      if (internal) await client.logAddInternalMessage({ message });
      else await client.logAddMessage({ message });
      screen.answer({ json: () => ({ message }), text: () => ['Added.'] });
    });
}
