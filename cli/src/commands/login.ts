import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { type Client, createClient } from '../../../client/src/client.ts';
import { askLine, canAsk } from '../ask.ts';
import { openBrowser } from '../browser.ts';
import { credentialsFile, saveCredentials } from '../credentials.ts';
import { usageError } from '../failure.ts';
import { fullTime } from '../output/format.ts';
import { printable } from '../output/printable.ts';
import { openAnonymousSession } from '../session.ts';
import { listenForCallback } from '../ssoCallback.ts';
import { givenPassword } from './people/givenPassword.ts';

interface LoginOptions {
  readonly passwordStdin?: boolean;
  readonly local?: boolean;
  readonly sso?: boolean;
}

interface LoggedIn {
  readonly name: string;
  readonly token: string;
  readonly expiresAt: string;
}

const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);

export function addLogin(program: Command): void {
  program
    .command('login [user]')
    .summary('log in to a dispatcher')
    .description(
      'Logs in to a dispatcher and keeps url and token, readable by you alone. The password is asked for, or taken from ' +
        'ROLLCALL_PASSWORD or standard input; with --sso there is none here, a browser asks.',
    )
    .option('--password-stdin', 'read the password from standard input')
    .option('--local', 'as a user of the farm, although it has a directory of users')
    .option('--sso', 'by the provider of identities of the farm, in a browser on this machine')
    .action(async (user: string | undefined, options: LoginOptions, command: Command) => {
      const isSso = options.sso === true;
      if (isSso && (user !== undefined || options.passwordStdin === true || options.local === true))
        throw usageError('--sso takes no user, password or --local: the browser asks who you are');
      const { client, screen, url } = openAnonymousSession(command);
      const { protocol, hostname } = new URL(url);
      if (protocol === 'http:' && !loopback.has(hostname)) {
        const what = isSso ? 'token' : 'password';
        screen.note(`Note: ${url} is not encrypted; others on the network can read the ${what}.`);
      }
      const { name, token, expiresAt } = isSso
        ? await logInByBrowser(client, url)
        : await logInByPassword(client, user, options);
      saveCredentials({ url, token, name, expiresAt });
      screen.answer({
        json: () => ({ url, name, expiresAt, file: credentialsFile() }),
        text: () => [`Logged in to ${url} as ${printable(name)}, until ${fullTime(expiresAt)}.`],
      });
    });
}

async function logInByPassword(
  client: Client,
  user: string | undefined,
  options: LoginOptions,
): Promise<LoggedIn> {
  const name = user ?? (await askUser());
  const isOnInput = options.passwordStdin === true;
  const password =
    (isOnInput ? undefined : process.env['ROLLCALL_PASSWORD']) ??
    (await givenPassword(isOnInput, `Password of ${printable(name)}: `));
  const given = await client.login({ name, password, skipDirectory: options.local === true });
  return { name, ...given };
}

async function logInByBrowser(client: Client, url: string): Promise<LoggedIn> {
  const callback = await listenForCallback();
  try {
    const { address, state } = await client.oidcLoginBegin({ returnAddress: callback.address });
    const arrival = callback.arrival(new URL(address).searchParams.get('state') ?? '');
    // Not a note: without it nobody can go on.
    process.stderr.write(`Log in with a browser on this machine:\n${printable(address)}\n`);
    openBrowser(address);
    const given = await client.oidcLoginFinish({ state, callback: await arrival });
    const { name } = await createClient({ url, token: given.token }).whoAmI({});
    return { name, ...given };
  } finally {
    callback.close();
  }
}

/** Most people have the same name on the farm as on their machine. */
async function askUser(): Promise<string> {
  const { username } = userInfo();
  if (!canAsk()) throw usageError('there is no terminal to ask for the user name on: rollcall login USER');
  return (await askLine(`User (${username}): `)).trim() || username;
}
