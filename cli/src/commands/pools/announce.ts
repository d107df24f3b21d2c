import type { Command } from 'commander';
import { openSession } from '../../session.ts';

export function addAnnouncePools(pools: Command): void {
  pools
    .command('announce')
    .summary('let all Consoles load the pools again')
    .description(
      'Lets all Consoles that are connected load the pools again. Changes that are made here are told by themselves.',
    )
    .action(async (_: object, command: Command) => {
      const { client, screen } = openSession(command);
      await client.poolNotifyChanges({});
      screen.answer({ json: () => ({}), text: () => ['Told all Consoles.'], quiet: () => [] });
    });
}
