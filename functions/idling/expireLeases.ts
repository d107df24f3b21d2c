/** Ends lapsed leases and pushed chunks that were not accepted. */
import { expireLease } from '../../shared/actions/expireLease.ts';
import { mapAtMost } from '../../shared/actions/mapAtMost.ts';
import type { Context } from '../../shared/runtime/context.ts';
import type { Farm } from './farm.ts';

/** Nodes that are looked at together: a room full of machines that lost its power is one tick's work. */
const AT_ONCE = 20;

export async function expireLeases(context: Context, { nodes }: Farm): Promise<number> {
  const ended = await mapAtMost(AT_ONCE, nodes, (state) => expireLease(context, state));
  return ended.filter(Boolean).length;
}
