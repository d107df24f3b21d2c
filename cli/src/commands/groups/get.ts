import type { Command } from 'commander';
import { pairs } from '../../output/pairs.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';

export function addGetGroup(groups: Command): void {
  groups
    .command('get')
    .argument('<group>', 'name of a group')
    .summary('show one group')
    .description('Shows one group: rights and limits of the users in it.')
    .action(async (name: string, _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { group } = await client.groupGet({ name });
      screen.answer({
        json: () => ({ group }),
        text: () => [
          screen.paint('bold', printable(group.name)),
          '',
          ...pairs(
            [
              ['Description', group.description],
              ['Rights', group.rights.join(', ') || 'none'],
              ['Pools', group.pools.length === 0 ? 'all' : group.pools.join(', ')],
              [
                'Highest priority',
                group.maximumPriority === null ? 'no limit' : String(group.maximumPriority),
              ],
            ],
            screen,
          ),
        ],
      });
    });
}
