/** Adds a user. */
import { invalidInput } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import { DIRECTORY_PREFIX, isElsewhere, SSO_PREFIX, type User } from '../model/user.ts';
import type { Context } from '../runtime/context.ts';
import { addOnce } from './addOnce.ts';
import { assertGroups } from './changeUser.ts';
import type { Once } from './once.ts';
import { hashPassword } from './password.ts';

export interface NewUser extends Omit<User, 'version'> {
  readonly password?: string | undefined;
}

/** Tokens of an earlier user of that name are void. */
export async function addUser(context: Context, { password, ...user }: NewUser, once: Once): Promise<void> {
  if (isElsewhere(user.name))
    throw invalidInput(
      'user.name',
      `must not begin with ${DIRECTORY_PREFIX} or ${SSO_PREFIX}: these users are added by their first login`,
    );
  await assertGroups(context, user.groups);
  await addOnce('user', user.name, context.users, once, async () => ({
    ...user,
    passwordHash: password === undefined ? null : await hashPassword(password),
    tokensSince: timeAfter(context.clock),
    version: 0,
  }));
}
