import type { Command } from 'commander';
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
      const { name, role } = await client.whoAmI({});
      screen.answer({
        json: () => ({ name, role, url }),
        text: () => [`${printable(name)} (${role}) on ${url}`],
        quiet: () => [printable(name)],
      });
    });
}
