import type { Command } from 'commander';
import { createClient, RollcallError } from '../../../client/src/client.ts';
import { credentialsFile, findReadableCredentials, forgetCredentials } from '../credentials.ts';
import { type GlobalOptions, screenOf } from '../session.ts';

export function addLogout(program: Command): void {
  program
    .command('logout')
    .summary('forget url and token, and revoke the token')
    .description(
      'Forgets url and token and revokes the token. A dispatcher that does not answer keeps the token until it expires; ' +
        'that is said, and both are forgotten all the same.',
    )
    .action(async (_: object, command: Command) => {
      const screen = screenOf(command.optsWithGlobals<GlobalOptions>());
      const kept = findReadableCredentials();
      const wasLoggedIn = forgetCredentials();
      const isRevoked = kept !== undefined && (await revoke(kept));
      if (kept !== undefined && !isRevoked)
        screen.note(`Note: ${kept.url} did not answer; the token stays good until it expires.`);
      screen.answer({
        json: () => ({ wasLoggedIn, isRevoked, file: credentialsFile() }),
        text: () => [wasLoggedIn ? 'Logged out.' : 'Nobody was logged in.'],
      });
    });
}

/** A token that is refused is void already. */
async function revoke({ url, token }: { readonly url: string; readonly token: string }): Promise<boolean> {
  try {
    const client = createClient({ url, token, retries: 0, timeoutMs: 5_000 });
    await client.logout({});
    return true;
  } catch (error) {
    return error instanceof RollcallError && error.code === 'unauthenticated';
  }
}
