import type { Command } from 'commander';
import { type Pair, pairs } from '../../../output/pairs.ts';
import { openSession } from '../../../session.ts';

export function addGetConfig(config: Command): void {
  config
    .command('get', { isDefault: true })
    .summary('show them; the same as config alone')
    .description('Shows the settings that count now, and which of them hold until the next restart only.')
    .action(async (_: object, command: Command) => {
      const { client, screen } = openSession(command);
      const { configuration, temporary } = await client.systemGetConfiguration({});
      screen.answer({
        json: () => ({ configuration, temporary }),
        text: () =>
          pairs(
            Object.entries(configuration)
              .filter(([name]) => name !== 'version')
              .map(([name, value]): Pair => {
                const mark = temporary.includes(name) ? '  (until the next restart)' : '';
                return [name, `${value}${mark}`];
              }),
            screen,
          ),
      });
    });
}
