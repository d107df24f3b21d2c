/** Ends lapsed leases and pushed chunks that were not accepted. */
import { expireLease } from '../../shared/actions/expireLease.ts';
import type { Context } from '../../shared/runtime/context.ts';
import type { Farm } from './farm.ts';

/** Nodes that are looked at together: a room full of machines that lost its power is one tick's work. */
const AT_ONCE = 20;

export async function expireLeases(context: Context, { nodes }: Farm): Promise<number> {
  let count = 0;
  for (let start = 0; start < nodes.length; start += AT_ONCE) {
    const some = nodes.slice(start, start + AT_ONCE);
    const ended = await Promise.all(some.map((state) => expireLease(context, state)));
    count += ended.filter(Boolean).length;
  }
  return count;
}
