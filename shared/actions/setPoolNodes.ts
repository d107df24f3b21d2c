/** Who is in a pool: a setting of each node, so that a claim reads nothing but its node. */

import { invalidInput, notFound } from '../errors.ts';
import type { NodeItem } from '../model/node.ts';
import { MOST_POOLS_OF_NODE } from '../model/pool.ts';
import type { Context } from '../runtime/context.ts';
import { configureNode } from './configureNode.ts';
import { mapAtMost } from './mapAtMost.ts';

/** Nodes that are changed together. */
const AT_ONCE = 25;

export interface PoolMoves {
  readonly enter: readonly NodeItem[];
  readonly leave: readonly NodeItem[];
}

/**
 * What makes exactly the named nodes members; undefined names leave them as they are. Refuses before anything is
 * changed. Decided from the nodes as they are, so a request that was cut off does only what is left when it is
 * repeated.
 */
export function decidePoolMoves(
  nodes: readonly NodeItem[],
  pool: string,
  names: readonly string[] | undefined,
): PoolMoves {
  if (names === undefined) return { enter: [], leave: [] };
  const registered = new Set(nodes.map(({ name }) => name));
  const stranger = names.find((name) => !registered.has(name));
  if (stranger !== undefined) throw notFound('node', stranger);
  const wanted = new Set(names);
  const enter = nodes.filter((node) => wanted.has(node.name) && !node.pools.includes(pool));
  const full = enter.find((node) => node.pools.length >= MOST_POOLS_OF_NODE);
  if (full !== undefined) {
    const rule = `node ${full.name} is in ${full.pools.length} pools, the most is ${MOST_POOLS_OF_NODE}; take it out of another one`;
    throw invalidInput('pool.nodes', rule);
  }
  return { enter, leave: nodes.filter((node) => !wanted.has(node.name) && node.pools.includes(pool)) };
}

/** Makes them, each by a guarded change of its node; what else is changed at a node meanwhile stays. */
export async function makePoolMoves(
  context: Context,
  pool: string,
  { enter, leave }: PoolMoves,
): Promise<void> {
  const without = ({ pools }: NodeItem): string[] => pools.filter((name) => name !== pool);
  const moves = [
    ...enter.map(
      ({ id }) =>
        () =>
          configureNode(context, id, (node) => ({ pools: [...without(node), pool] })),
    ),
    ...leave.map(
      ({ id }) =>
        () =>
          configureNode(context, id, (node) => ({ pools: without(node) })),
    ),
  ];
  await mapAtMost(AT_ONCE, moves, (move) => move());
}
