/** Revokes a token. */
import { notFound } from '../errors.ts';
import type { Context } from '../runtime/context.ts';
import type { TokenList } from '../store/tokenStore.ts';
import type { Once } from './once.ts';

export async function revokeToken(context: Context, list: TokenList, id: string, once: Once): Promise<void> {
  const { isRepeat } = await once.reserve(async () => null);
  if (!(await context.tokens.revoke(list, id)) && !isRepeat) throw notFound('token', id);
}
