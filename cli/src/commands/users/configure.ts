import type { Command } from 'commander';
import { usageError } from '../../failure.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';
import { addUserOptions, type UserOptions, userFields } from './userOptions.ts';

export function addConfigureUser(users: Command): void {
  const configure = users
    .command('configure')
    .argument('<user>', 'name of the user')
    .summary('change a user')
    .description(
      'Changes a user; what is not given stays, a list replaces the one that was. A new password voids their tokens.',
    );
  addUserOptions(configure)
    .option('--no-admin', 'is no administrator any more')
    .option('--disable', 'shut out: no login, no token works')
    .option('--enable', 'let in again')
    .action(
      async (
        name: string,
        options: UserOptions & { disable?: boolean; enable?: boolean },
        command: Command,
      ) => {
        if (options.disable === true && options.enable === true)
          throw usageError('give --disable or --enable, not both');
        const isEnabled = options.enable ?? (options.disable === true ? false : undefined);
        const fields = {
          ...(await userFields(options)),
          ...(isEnabled === undefined ? {} : { isEnabled }),
        };
        if (Object.keys(fields).length === 0)
          throw usageError('say what to change, such as --groups or --rights');
        const { client, screen } = openSession(command);
        await client.userConfigure({ user: { name, ...fields } });
        screen.answer({
          json: () => ({ name }),
          text: () => [`Changed user ${printable(name)}.`],
          quiet: () => [name],
        });
      },
    );
}
