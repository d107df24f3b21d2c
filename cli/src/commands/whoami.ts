import type { Command } from 'commander';
import { pairs } from '../output/pairs.ts';
import { printable } from '../output/printable.ts';
import { openSession } from '../session.ts';

export function addWhoami(program: Command): void {
  program
    .command('whoami')
    .summary('tell who is logged in')
    .description(
      'Tells whose token is used and on which dispatcher. Asks the dispatcher, so it also checks the token.',
    )
    .action(async (_: object, command: Command) => {
      const { client, screen, url } = openSession(command);
      const who = await client.whoAmI({});
      screen.answer({
        json: () => ({ ...who, url }),
        text: () => [
          `${printable(who.name)}${who.isAdmin ? ' (administrator)' : ''} on ${url}`,
          ...(who.isAdmin
            ? []
            : pairs(
                [
                  ['Groups', who.groups.join(', ') || 'none'],
                  ['Rights', who.rights.join(', ') || 'none'],
                  ['Pools', who.pools.join(', ') || 'all'],
                  [
                    'Highest priority',
                    who.maximumPriority === null ? 'no limit' : String(who.maximumPriority),
                  ],
                ],
                screen,
              )),
        ],
        quiet: () => [printable(who.name)],
      });
    });
}
