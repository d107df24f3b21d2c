import type { Command } from 'commander';
import { openSession } from '../../session.ts';

export function addRestart(system: Command): void {
  system
    .command('restart')
    .summary('restart the farm softly')
    .description(
      'Drops temporary settings and lets every node register again, one that works after its chunk. Nothing that runs is stopped.',
    )
    .action(async (_: object, command: Command) => {
      const { client, screen } = openSession(command);
      await client.systemSoftRestart({});
      screen.answer({
        json: () => ({}),
        text: () => ['Temporary settings are dropped, and the nodes register again.'],
      });
    });
}
