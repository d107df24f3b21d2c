import type { Command } from 'commander';
import { credentialsFile, forgetCredentials } from '../credentials.ts';
import { type GlobalOptions, screenOf } from '../session.ts';

export function addLogout(program: Command): void {
  program
    .command('logout')
    .summary('forget url and token')
    .description(
      'Forgets url and token. The dispatcher knows nothing of it: a copied token stays good until it expires.',
    )
    .action((_: object, command: Command) => {
      const wasLoggedIn = forgetCredentials();
      screenOf(command.optsWithGlobals<GlobalOptions>()).answer({
        json: () => ({ wasLoggedIn, file: credentialsFile() }),
        text: () => [wasLoggedIn ? 'Logged out.' : 'Nobody was logged in.'],
      });
    });
}
