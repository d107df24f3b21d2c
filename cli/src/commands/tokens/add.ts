import { type Command, InvalidArgumentError, Option } from 'commander';
import { fullTime } from '../../output/format.ts';
import { openSession } from '../../session.ts';
import { addTokenOptions, type TokenOptions, whose } from './tokenOptions.ts';

export function addAddToken(tokens: Command): void {
  const add = tokens
    .command('add')
    .argument('<purpose>', 'what it is for, such as "nightly comp"')
    .summary('make a long-lived token')
    .description('Makes a long-lived token and shows it, this once. --quiet prints it alone.');
  addTokenOptions(add)
    .addOption(
      new Option('--days <n>', 'how long it is good, 1 to 3650; left out, until it is revoked').argParser(
        parseDays,
      ),
    )
    .action(async (description: string, options: TokenOptions & { days?: number }, command: Command) => {
      const { client, screen } = openSession(command);
      const made = await client.tokenAdd({ ...whose(options), description, days: options.days ?? null });
      screen.answer({
        json: () => made,
        text: () => [
          made.token,
          '',
          `Token ${made.id}, good until ${made.expiresAt === null ? 'it is revoked' : fullTime(made.expiresAt)}. It is not shown again.`,
        ],
        quiet: () => [made.token],
      });
    });
}

function parseDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 3_650)
    throw new InvalidArgumentError('It must be a number of days from 1 to 3650.');
  return days;
}
