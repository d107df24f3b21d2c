/** Ends lapsed leases and pushed chunks that were not accepted. */
import { expireLease } from '../../shared/actions/expireLease.ts';
import type { Context } from '../../shared/runtime/context.ts';
import type { Farm } from './farm.ts';

export async function expireLeases(context: Context, { nodes }: Farm): Promise<number> {
  let count = 0;
  for (const state of nodes) if (await expireLease(context, state)) count += 1;
  return count;
}
