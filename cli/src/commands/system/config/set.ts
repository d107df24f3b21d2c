import type { Command } from 'commander';
import type { Operations } from '../../../../../client/src/generated.ts';
import { parseAssignment } from '../../../arguments/assignment.ts';
import { counted } from '../../../output/format.ts';
import { openSession } from '../../../session.ts';

type Configuration = Operations['systemSetConfiguration']['input']['configuration'];

export function addSetConfig(config: Command): void {
  config
    .command('set')
    .usage('[options] <name=value...>')
    .argument('<setting...>', 'a setting and its value, such as historyDays=30')
    .summary('change some')
    .description(
      'Changes settings of the farm; what is not given stays. It takes effect within five seconds. Whoever else changes them ' +
        'at the same time is not overwritten: look and repeat.',
    )
    .option('--temporary', 'until the next `rollcall system restart` only')
    .action(async (settings: string[], { temporary = false }: { temporary?: boolean }, command: Command) => {
      const given = settings.reduce<Record<string, string>>((all, text) => parseAssignment(text, all), {});
      const values = Object.fromEntries(
        Object.entries(given).map(([name, text]) => [name, parseValue(text)]),
      ) as Partial<Configuration>;
      const { client, screen } = openSession(command);
      const { version: seen } = (await client.systemGetConfiguration({})).configuration;
      const configuration: Configuration = { ...values, version: seen };
      const { version } = await client.systemSetConfiguration({ configuration, store: !temporary });
      screen.answer({
        json: () => ({ version }),
        text: () => [
          `Changed ${counted(Object.keys(given).length, 'setting')}${temporary ? ' until the next restart' : ''}.`,
        ],
      });
    });
}

/** What is neither a number nor a truth value is left as text, for the dispatcher to refuse by its rule. */
function parseValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
