import type { Command } from 'commander';
import type { Token } from '../../../../client/src/generated.ts';
import { fullTime } from '../../output/format.ts';
import { table } from '../../output/table.ts';
import { openSession } from '../../session.ts';
import { addTokenOptions, type TokenOptions, whose } from './tokenOptions.ts';

export function addListTokens(tokens: Command): void {
  const list = tokens
    .command('list', { isDefault: true })
    .summary('show them; the same as tokens alone')
    .description('Shows the tokens that are still good, those of logins included; never a token itself.');
  addTokenOptions(list).action(async (options: TokenOptions, command: Command) => {
    const { client, screen } = openSession(command);
    const { tokens: entries } = await client.tokenGetList(whose(options));
    screen.answer({
      json: () => ({ tokens: entries }),
      text: () =>
        entries.length === 0
          ? ['No tokens.']
          : table<Token>(
              entries,
              [
                { title: 'ID', cell: ({ id }) => id },
                { title: 'FOR', shrinksTo: 16, cell: ({ description }) => description },
                { title: 'MADE', rank: 2, cell: ({ createdAt }) => fullTime(createdAt) },
                { title: 'BY', rank: 3, cell: ({ createdBy }) => createdBy },
                {
                  title: 'GOOD UNTIL',
                  cell: ({ expiresAt }) => (expiresAt === null ? 'revoked' : fullTime(expiresAt)),
                },
              ],
              screen.width(),
              screen.paint,
            ),
      quiet: () => entries.map(({ id }) => id),
    });
  });
}
