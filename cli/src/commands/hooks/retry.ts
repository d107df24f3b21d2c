import type { Command } from 'commander';
import { openSession } from '../../session.ts';

export function addRetryHooks(hooks: Command): void {
  hooks
    .command('retry')
    .argument('[key]', 'of one failure, as rollcall hooks failures shows it; all that were given up without')
    .summary('run hooks again that were given up')
    .description('Runs hooks again that were given up, under the keys that they had.')
    .action(async (key: string | undefined, _: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { count } = await client.templateRetryHooks(key === undefined ? {} : { key });
      screen.answer({
        json: () => ({ count }),
        text: () => [count === 1 ? '1 hook is run again.' : `${count} hooks are run again.`],
        quiet: () => [String(count)],
      });
    });
}
