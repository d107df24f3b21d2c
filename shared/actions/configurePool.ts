/** Changes a pool. */
import { DispatcherError, notFound } from '../errors.ts';
import { unkeptPool, type WakeAddress } from '../model/pool.ts';
import type { Context } from '../runtime/context.ts';
import { decidePoolMoves, makePoolMoves } from './setPoolNodes.ts';

const TRIES = 5;

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
  await changeKept(context, changes, isNamed);
  await makePoolMoves(context, changes.name, moves);
}

async function changeKept(
  context: Context,
  { name, description, wakeAddresses }: PoolChanges,
  isNamed: boolean,
): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const kept = await context.pools.find(name);
    if (kept === undefined && !isNamed) throw notFound('pool', name);
    const pool = kept ?? unkeptPool(name);
    const changed = {
      ...pool,
      description: description ?? pool.description,
      wakeAddresses: wakeAddresses ?? pool.wakeAddresses,
    };
    if (await context.pools.replace(changed, pool.version)) return;
  }
  throw new DispatcherError('conflict', { what: 'pool', id: name });
}
