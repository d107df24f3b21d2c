/** Adds a pool. */
import type { WakeAddress } from '../model/pool.ts';
import type { Context } from '../runtime/context.ts';
import { addOnce } from './addOnce.ts';
import type { Once } from './once.ts';
import { decidePoolMoves, makePoolMoves } from './setPoolNodes.ts';

export interface NewPool {
  readonly name: string;
  readonly description: string;
  readonly wakeAddresses: WakeAddress[];
  readonly nodes?: readonly string[] | undefined;
}

/**
 * Its nodes first, then the pool: one that only nodes name is there already, so a request that ends between the two
 * can be sent again, with its token or without.
 */
export async function addPool(context: Context, { nodes, ...pool }: NewPool, once: Once): Promise<void> {
  const moves = decidePoolMoves(
    nodes === undefined ? [] : await context.nodes.all({ consistent: true }),
    pool.name,
    nodes,
  );
  await addOnce('pool', pool.name, context.pools, once, async () => {
    await makePoolMoves(context, pool.name, moves);
    return { ...pool, version: 0 };
  });
}
