import type { Command } from 'commander';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';
import { addUserOptions, type UserOptions, userFields } from './userOptions.ts';

export function addAddUser(users: Command): void {
  const add = users
    .command('add')
    .argument('<user>', 'name of the user')
    .summary('add a user')
    .description(
      'Adds a user. Without a password they log in by a directory, or have tokens: rollcall tokens add --user.',
    );
  addUserOptions(add).action(async (name: string, options: UserOptions, command: Command) => {
    const { client, screen } = openSession(command);
    await client.userAdd({ user: { name, ...(await userFields(options)) } });
    screen.answer({
      json: () => ({ name }),
      text: () => [`Added user ${printable(name)}.`],
      quiet: () => [name],
    });
  });
}
