/** Whose tokens a caller means, and whether they are the caller's to touch. */
import { assertHas, userOf } from '../domain/permissions.ts';
import { notFound } from '../errors.ts';
import type { Caller, Token } from '../model/user.ts';
import type { Context } from '../runtime/context.ts';
import type { TokenList } from '../store/tokenStore.ts';
import { assertOutranks } from './assertOutranks.ts';

/** The caller's own tokens; with the right to it those of another user, or those that nodes join with. */
export async function tokenListFor(
  context: Context,
  caller: Caller | undefined,
  operation: string,
  { kind, user }: { kind: Token['kind']; user?: string | undefined },
): Promise<TokenList> {
  const self = userOf(caller, operation);
  if (kind === 'join') {
    assertHas(self, operation, 'manage-nodes');
    return { kind };
  }
  if (user === undefined || user === self.name) return { kind, name: self.name };
  assertHas(self, operation, 'manage-people');
  const other = await context.users.find(user);
  if (other === undefined) throw notFound('user', user);
  await assertOutranks(context, self, operation, other);
  return { kind, name: user };
}
