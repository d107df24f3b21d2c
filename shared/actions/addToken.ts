/** Makes a long-lived token. */
import { notFound } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import type { Context } from '../runtime/context.ts';
import type { TokenList } from '../store/tokenStore.ts';

export async function addToken(
  context: Context,
  holder: TokenList,
  { description, days, createdBy }: { description: string; days: number | null; createdBy: string },
): Promise<{ id: string; token: string; expiresAt: string | null }> {
  if (holder.kind === 'user' && (await context.users.find(holder.name)) === undefined)
    throw notFound('user', holder.name);
  const token = context.newToken();
  const expiresAt = days === null ? null : timeAfter(context.clock, days * 86_400);
  const { id } = await context.tokens.add(token, holder, { expiresAt, description, createdBy });
  return { id, token, expiresAt };
}
