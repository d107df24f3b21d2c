import type { Command } from 'commander';
import { addAddToken } from './tokens/add.ts';
import { addListTokens } from './tokens/list.ts';
import { addRevokeToken } from './tokens/revoke.ts';

export function addTokens(program: Command): void {
  const tokens = program
    .command('tokens')
    .summary('show, make and revoke tokens')
    .description(
      'Shows the tokens of a user or those that nodes join with, makes long-lived ones for pipelines and nodes, and ' +
        'revokes them.',
    );
  for (const add of [addListTokens, addAddToken, addRevokeToken]) add(tokens);
}
