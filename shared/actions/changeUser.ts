/** Changes a user. */
import { DispatcherError, notFound } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import { FIRST_USER, isElsewhere, SSO_PREFIX, type User, type UserItem } from '../model/user.ts';
import type { Context } from '../runtime/context.ts';
import { changeByVersion } from './changeByVersion.ts';
import { hashPassword } from './password.ts';

/** What is left out stays. */
export type UserChanges = { readonly [F in keyof Omit<User, 'name' | 'version'>]?: User[F] | undefined } & {
  readonly password?: string | undefined;
};

/** `assertMayChange` sees the user as they are and as they will be. */
export async function changeUser(
  context: Context,
  name: string,
  { password, ...changes }: UserChanges,
  assertMayChange: (before: UserItem, after: UserItem) => void | Promise<void>,
): Promise<void> {
  if (password !== undefined && isElsewhere(name)) throw passwordElsewhere(name);
  await assertGroups(context, changes.groups ?? []);
  const secret =
    password === undefined
      ? {}
      : { passwordHash: await hashPassword(password), tokensSince: timeAfter(context.clock) };
  await changeByVersion('user', name, context.users, { ...changes, ...secret }, async (before, after) => {
    await assertMayChange(before, after);
    if (name === FIRST_USER && !(after.isAdmin && after.isEnabled)) throw firstUserStays();
  });
  // They are void already.
  if (password !== undefined) await context.tokens.revokeAll(name);
}

/** Throws `not-found` for a group that is not there. */
export async function assertGroups(context: Context, names: readonly string[]): Promise<void> {
  const found = new Set((await context.groups.findMany(names, true)).map(({ name }) => name));
  const missing = names.find((name) => !found.has(name));
  if (missing !== undefined) throw notFound('group', missing);
}

/** Who logs in by a directory or a provider of identities has no password here. */
export const passwordElsewhere = (name: string): DispatcherError =>
  new DispatcherError('transition-refused', {
    what: 'user',
    id: name,
    ...(name.startsWith(SSO_PREFIX)
      ? { from: 'a user of the provider of identities', rule: 'change the one at the provider instead' }
      : { from: 'a user of a directory', rule: 'change the one in the directory instead' }),
    event: 'setting a password',
  });

/** A farm always has an administrator: this one. */
export const firstUserStays = (): DispatcherError =>
  new DispatcherError('transition-refused', {
    what: 'user',
    id: FIRST_USER,
    from: 'the first administrator',
    event: 'taking its power',
    rule: 'a farm needs one; change its password instead',
  });
