import type { Command } from 'commander';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';
import { addGrantOptions, type GrantOptions, grants } from '../people/grantOptions.ts';

export function addAddGroup(groups: Command): void {
  const add = groups
    .command('add')
    .argument('<group>', 'name of the group')
    .summary('add a group')
    .description('Adds a group without users; `users configure --groups` puts them in.');
  addGrantOptions(add).action(async (name: string, options: GrantOptions, command: Command) => {
    const { client, screen } = openSession(command);
    await client.groupAdd({ group: { name, ...grants(options) } });
    screen.answer({
      json: () => ({ name }),
      text: () => [`Added group ${printable(name)}.`],
      quiet: () => [name],
    });
  });
}
