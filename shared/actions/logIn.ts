/** Gives a token to who knows a password. */
import { DispatcherError } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import { isoTime } from '../model/time.ts';
import type { UserItem } from '../model/user.ts';
import type { Context } from '../runtime/context.ts';
import { fitsPassword, hashPassword } from './password.ts';

/** Failures within a window after which no more tries are looked at. Many share an address behind one gateway. */
const MOST_TRIES = { pair: 10, name: 100, address: 100 };

/** Hashed for a name that nobody has, so that both refusals take the same time. */
let decoy: Promise<string> | undefined;

export async function logIn(
  context: Context,
  name: string,
  password: string,
  address: string,
  hours: number,
): Promise<{ token: string; expiresAt: string }> {
  await assertPassword(context, name, password, address);
  return giveToken(context, name, 'login', hours);
}

/**
 * The user, if this is their password; `login-refused` by the same text and after the same work for a name that nobody
 * has, `too-many-logins` for either after too many failures. A try counts from its beginning, so that many at once are
 * not more than many in a row.
 */
export async function assertPassword(
  context: Context,
  name: string,
  password: string,
  address: string,
): Promise<UserItem> {
  const subjects = [
    [`pair ${address} ${name}`, MOST_TRIES.pair],
    [`name ${name}`, MOST_TRIES.name],
    [`address ${address}`, MOST_TRIES.address],
  ] as const;
  for (const [subject, most] of subjects) {
    if (!(await context.logins.begin(subject, most)))
      throw new DispatcherError('too-many-logins', { until: isoTime(context.logins.windowEnd()) });
  }
  const user = await context.users.find(name);
  decoy ??= hashPassword('nobody');
  const fits = await fitsPassword(password, user?.passwordHash ?? (await decoy));
  if (user === undefined || user.passwordHash === null || !user.isEnabled || !fits)
    throw new DispatcherError('login-refused');
  await Promise.all(subjects.map(([subject]) => context.logins.forget(subject)));
  return user;
}

/** A token of a user for some hours. */
export async function giveToken(
  context: Context,
  name: string,
  description: string,
  hours: number,
): Promise<{ token: string; expiresAt: string }> {
  const token = context.newToken();
  const expiresAt = timeAfter(context.clock, hours * 3_600);
  await context.tokens.add(token, { kind: 'user', name }, { expiresAt, description });
  return { token, expiresAt };
}
