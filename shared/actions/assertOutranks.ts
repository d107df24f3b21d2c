/** Whether a caller may have power over a user. */
import { assertHasAll, userOf } from '../domain/permissions.ts';
import type { Right } from '../model/right.ts';
import type { Caller } from '../model/user.ts';
import type { Context } from '../runtime/context.ts';

/** Throws `forbidden` if a user has, by themselves or by their groups, more rights than the caller. */
export async function assertOutranks(
  context: Context,
  caller: Caller | undefined,
  operation: string,
  user: { readonly isAdmin: boolean; readonly rights: readonly Right[]; readonly groups: readonly string[] },
): Promise<void> {
  const groups = await context.groups.findMany(user.groups, true);
  assertHasAll(userOf(caller, operation), operation, {
    isAdmin: user.isAdmin,
    rights: [user, ...groups].flatMap(({ rights }) => rights),
  });
}
