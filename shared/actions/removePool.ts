/** Removes a pool. */
import { notFound } from '../errors.ts';
import type { Context } from '../runtime/context.ts';
import type { Once } from './once.ts';
import { decidePoolMoves, makePoolMoves } from './setPoolNodes.ts';

/** Its nodes first: as long as one names it the pool is there, and whoever repeats the request finds it. */
export async function removePool(context: Context, name: string, once: Once): Promise<void> {
  const moves = decidePoolMoves(await context.nodes.all({ consistent: true }), name, []);
  await once.reserve(async () => {
    const isThere = moves.leave.length > 0 || (await context.pools.find(name)) !== undefined;
    if (!isThere) throw notFound('pool', name);
    return null;
  });
  await makePoolMoves(context, name, moves);
  await context.pools.remove(name);
}
