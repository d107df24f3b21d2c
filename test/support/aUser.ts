/** Users as tests need them: there at once, with a token as long-lived as one of a login. */
import { hashPassword } from '../../shared/actions/password.ts';
import { timeAfter } from '../../shared/model/clock.ts';
import { newUser, type User } from '../../shared/model/user.ts';
import type { Context } from '../../shared/runtime/context.ts';

/** Of every user that a test adds so. */
export const ADMIN_PASSWORD = 'correct horse battery staple';

let sharedHash: Promise<string> | undefined;

/** Adds a user who has what is given; answers with a token of theirs. */
export async function aUser(
  context: Context,
  name: string,
  given: Partial<Omit<User, 'name' | 'version'>> = {},
): Promise<string> {
  // It costs 60 ms on purpose, so all users share one.
  sharedHash ??= hashPassword(ADMIN_PASSWORD);
  const passwordHash = await sharedHash;
  const tokensSince = timeAfter(context.clock);
  await context.users.replace({ ...newUser, ...given, name, passwordHash, tokensSince, version: 0 }, 0);
  const token = context.newToken();
  const expiresAt = timeAfter(context.clock, 30 * 86_400);
  await context.tokens.add(token, { kind: 'user', name }, { expiresAt });
  return token;
}
