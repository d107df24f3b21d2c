import type { Command } from 'commander';
import { usageError } from '../../failure.ts';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';
import { addGrantOptions, type GrantOptions, grants } from '../people/grantOptions.ts';

export function addConfigureGroup(groups: Command): void {
  const configure = groups
    .command('configure')
    .argument('<group>', 'name of the group')
    .summary('change a group')
    .description(
      'Changes a group; what is not given stays, a list replaces the one that was. Its users have it within 30 seconds.',
    );
  addGrantOptions(configure).action(async (name: string, options: GrantOptions, command: Command) => {
    const fields = grants(options);
    if (Object.keys(fields).length === 0) throw usageError('say what to change, such as --rights or --pools');
    const { client, screen } = openSession(command);
    await client.groupConfigure({ group: { name, ...fields } });
    screen.answer({
      json: () => ({ name }),
      text: () => [`Changed group ${printable(name)}.`],
      quiet: () => [name],
    });
  });
}
