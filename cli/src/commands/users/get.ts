import type { Command } from 'commander';
import { pairs } from '../../output/pairs.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';

export function addGetUser(users: Command): void {
  users
    .command('get')
    .argument('<user>', 'name of a user')
    .summary('show one user')
    .description('Shows one user: their groups, rights and limits. What groups add stands with the groups.')
    .action(async (name: string, _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { user } = await client.userGet({ name });
      screen.answer({
        json: () => ({ user }),
        text: () => [
          screen.paint('bold', printable(user.name)),
          '',
          ...pairs(
            [
              ['Description', user.description],
              ['Email', user.email],
              ['Enabled', user.isEnabled ? 'yes' : 'no'],
              ['Groups', user.groups.length === 0 ? 'none' : user.groups.join(', ')],
              ['Rights', user.isAdmin ? 'all, an administrator' : user.rights.join(', ') || 'none'],
              ['Pools', user.pools.length === 0 ? 'all' : user.pools.join(', ')],
              ['Highest priority', user.maximumPriority === null ? 'no limit' : String(user.maximumPriority)],
            ],
            screen,
          ),
        ],
      });
    });
}
