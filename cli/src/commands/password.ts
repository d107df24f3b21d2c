import type { Command } from 'commander';
import { askSecret, readInput } from '../ask.ts';
import { findCredentials, saveCredentials } from '../credentials.ts';
import { usageError } from '../failure.ts';
import { fullTime } from '../output/format.ts';
import { openSession } from '../session.ts';

export function addPassword(program: Command): void {
  program
    .command('password')
    .summary('change your password')
    .description(
      'Changes your password, which voids all your tokens, and keeps a new one for this machine. Both passwords are asked ' +
        'for, or read from standard input: the present one on the first line, the new one on the second.',
    )
    .option('--password-stdin', 'read both passwords from standard input')
    .action(async (options: { passwordStdin?: boolean }, command: Command) => {
      const { client, screen, url } = openSession(command);
      const given = options.passwordStdin === true ? await readPasswords() : await askPasswords();
      const { token, expiresAt } = await client.passwordChange(given);
      const kept = findCredentials();
      if (kept !== undefined && kept.url === url) saveCredentials({ ...kept, token, expiresAt });
      screen.answer({
        json: () => ({ url, expiresAt }),
        text: () => [`Changed your password. Logged in until ${fullTime(expiresAt)}.`],
      });
    });
}

interface Passwords {
  readonly password: string;
  readonly newPassword: string;
}

async function readPasswords(): Promise<Passwords> {
  const [password, newPassword] = (await readInput()).split(/\r?\n/);
  if (password === undefined || newPassword === undefined || newPassword === '')
    throw usageError('give the present password on the first line and the new one on the second');
  return { password, newPassword };
}

async function askPasswords(): Promise<Passwords> {
  const password = await askSecret('Present password: ');
  const newPassword = await askSecret('New password: ');
  if ((await askSecret('New password again: ')) !== newPassword)
    throw usageError('the new passwords differ; nothing was changed');
  return { password, newPassword };
}
