/** Changes a pool. */
import { unkeptPool, type WakeAddress } from '../model/pool.ts';
import type { Context } from '../runtime/context.ts';
import { changeByVersion } from './changeByVersion.ts';
import { decidePoolMoves, makePoolMoves } from './setPoolNodes.ts';

export interface PoolChanges {
  readonly name: string;
  readonly description?: string | undefined;
  readonly wakeAddresses?: WakeAddress[] | undefined;
  readonly nodes?: readonly string[] | undefined;
}

/** The pool first, then its nodes. One that only nodes name is kept from then on, also when they leave it. */
export async function configurePool(context: Context, { nodes, ...changes }: PoolChanges): Promise<void> {
  const registered = await context.nodes.all({ consistent: true });
  const isNamed = registered.some(({ pools }) => pools.includes(changes.name));
  const moves = decidePoolMoves(registered, changes.name, nodes);
  const { name, ...kept } = changes;
  const pools = {
    ...context.pools,
    find: async () => (await context.pools.find(name)) ?? (isNamed ? unkeptPool(name) : undefined),
  };
  await changeByVersion('pool', name, pools, kept);
  await makePoolMoves(context, changes.name, moves);
}
