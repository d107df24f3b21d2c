import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { askLine, canAsk } from '../ask.ts';
import { credentialsFile, saveCredentials } from '../credentials.ts';
import { usageError } from '../failure.ts';
import { fullTime } from '../output/format.ts';
import { printable } from '../output/printable.ts';
import { openAnonymousSession } from '../session.ts';
import { givenPassword } from './people/givenPassword.ts';

interface LoginOptions {
  readonly passwordStdin?: boolean;
  readonly local?: boolean;
}

const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);

export function addLogin(program: Command): void {
  program
    .command('login [user]')
    .summary('log in to a dispatcher')
    .description(
      'Logs in to a dispatcher and keeps url and token, readable by you alone. The password is asked for, or taken from ' +
        'ROLLCALL_PASSWORD or standard input.',
    )
    .option('--password-stdin', 'read the password from standard input')
    .option('--local', 'as a user of the farm, although it has a directory of users')
    .action(async (user: string | undefined, options: LoginOptions, command: Command) => {
      const { client, screen, url } = openAnonymousSession(command);
      const { protocol, hostname } = new URL(url);
      if (protocol === 'http:' && !loopback.has(hostname)) {
        screen.note(`Note: ${url} is not encrypted; others on the network can read the password.`);
      }
      const name = user ?? (await askUser());
      const isOnInput = options.passwordStdin === true;
      const password =
        (isOnInput ? undefined : process.env['ROLLCALL_PASSWORD']) ??
        (await givenPassword(isOnInput, `Password of ${printable(name)}: `));
      const { token, expiresAt } = await client.login({
        name,
        password,
        skipDirectory: options.local === true,
      });
      saveCredentials({ url, token, name, expiresAt });
      screen.answer({
        json: () => ({ url, name, expiresAt, file: credentialsFile() }),
        text: () => [`Logged in to ${url} as ${printable(name)}, until ${fullTime(expiresAt)}.`],
      });
    });
}

/** Most people have the same name on the farm as on their machine. */
async function askUser(): Promise<string> {
  const { username } = userInfo();
  if (!canAsk()) throw usageError('there is no terminal to ask for the user name on: rollcall login USER');
  return (await askLine(`User (${username}): `)).trim() || username;
}
