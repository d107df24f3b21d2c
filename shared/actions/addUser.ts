/** Adds a user. */
import { DispatcherError } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import type { User } from '../model/user.ts';
import type { Context } from '../runtime/context.ts';
import { assertGroups } from './changeUser.ts';
import type { Once } from './once.ts';
import { hashPassword } from './password.ts';

export interface NewUser extends Omit<User, 'version'> {
  readonly password?: string | undefined;
}

/** Tokens of an earlier user of that name are void. */
export async function addUser(context: Context, { password, ...user }: NewUser, once: Once): Promise<void> {
  await assertGroups(context, user.groups);
  const refusal = new DispatcherError('already-exists', { what: 'user', id: user.name });
  const { isRepeat } = await once.reserve(async () => {
    if ((await context.users.find(user.name)) !== undefined) throw refusal;
    return null;
  });
  const passwordHash = password === undefined ? null : await hashPassword(password);
  const tokensSince = timeAfter(context.clock);
  const isAdded = await context.users.replace({ ...user, passwordHash, tokensSince, version: 0 }, 0);
  if (!isAdded && !isRepeat) throw refusal;
}
