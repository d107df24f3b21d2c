/** Removes a user. */
import { DispatcherError, notFound } from '../errors.ts';
import { FIRST_USER, type UserItem } from '../model/user.ts';
import type { Context } from '../runtime/context.ts';
import { firstUserStays } from './changeUser.ts';
import type { Once } from './once.ts';

const TRIES = 5;

/** Without the user the tokens are void already; what is left of them goes too. */
export async function removeUser(
  context: Context,
  name: string,
  once: Once,
  assertMayRemove: (user: UserItem) => Promise<void>,
): Promise<void> {
  if (name === FIRST_USER) throw firstUserStays();
  const { isRepeat } = await once.reserve(async () => {
    const user = await context.users.find(name);
    if (user === undefined) throw notFound('user', name);
    await assertMayRemove(user);
    return null;
  });
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const user = await context.users.find(name);
    if (user === undefined) {
      if (isRepeat || attempt > 0) return;
      throw notFound('user', name);
    }
    await assertMayRemove(user);
    if (await context.users.remove(name, user.version)) return context.tokens.revokeAll(name);
  }
  throw new DispatcherError('conflict', { what: 'user', id: name });
}
