/** Gives a token to who knows a password. */
import { DispatcherError } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import type { Context } from '../runtime/context.ts';
import { fitsPassword, hashPassword } from './password.ts';

const TOKEN_SECONDS = 30 * 86_400;

/** Hashed for a name that nobody has, so that both refusals take the same time. */
let decoy: Promise<string> | undefined;

export async function logIn(
  context: Context,
  name: string,
  password: string,
): Promise<{ token: string; expiresAt: string }> {
  const user = await context.users.find(name);
  decoy ??= hashPassword('nobody');
  const fits = await fitsPassword(password, user?.passwordHash ?? (await decoy));
  if (user === undefined || !fits) throw new DispatcherError('login-refused');
  const token = context.newToken();
  const expiresAt = timeAfter(context.clock, TOKEN_SECONDS);
  await context.users.addToken(token, { kind: 'user', name: user.name, role: user.role }, expiresAt);
  return { token, expiresAt };
}
