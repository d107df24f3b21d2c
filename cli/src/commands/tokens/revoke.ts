import type { Command } from 'commander';
import { printable } from '../../output/printable.ts';
import { openSession } from '../../session.ts';
import { addTokenOptions, type TokenOptions, whose } from './tokenOptions.ts';

export function addRevokeToken(tokens: Command): void {
  const revoke = tokens
    .command('revoke')
    .argument('<id>', 'id of the token, from rollcall tokens')
    .summary('revoke a token')
    .description('Revokes a token: it is refused within 30 seconds.');
  addTokenOptions(revoke).action(async (id: string, options: TokenOptions, command: Command) => {
    const { client, screen } = openSession(command);
    await client.tokenRevoke({ ...whose(options), id });
    screen.answer({
      json: () => ({ id }),
      text: () => [`Revoked token ${printable(id)}.`],
      quiet: () => [id],
    });
  });
}
