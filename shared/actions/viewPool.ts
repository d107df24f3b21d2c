/** Pools as every reader sees them: what was set up by hand, with the nodes that name them. */
import { notFound } from '../errors.ts';
import type { NodeItem } from '../model/node.ts';
import { type Pool, unkeptPool } from '../model/pool.ts';
import type { Context } from '../runtime/context.ts';

/** A pool that was added, or that a node names. */
export async function getPool(context: Context, name: string): Promise<Pool> {
  const [kept, nodes] = await Promise.all([
    context.pools.find(name),
    context.nodes.all({ consistent: true }),
  ]);
  const members = membersByPool(nodes).get(name);
  if (kept === undefined && members === undefined) throw notFound('pool', name);
  return { ...(kept ?? unkeptPool(name)), nodes: members ?? [] };
}

/** Every pool by name. Reads all pools and nodes for it: both are few, and asked for by hand. */
export async function listPools(context: Context): Promise<Pool[]> {
  const [list, nodes] = await Promise.all([context.pools.list(), context.nodes.all({ consistent: false })]);
  const kept = new Map(list.map((pool) => [pool.name, pool]));
  const members = membersByPool(nodes);
  return [...new Set([...kept.keys(), ...members.keys()])]
    .sort()
    .map((name) => ({ ...(kept.get(name) ?? unkeptPool(name)), nodes: members.get(name) ?? [] }));
}

/** Names of the nodes in each pool, in order. */
function membersByPool(nodes: readonly NodeItem[]): Map<string, string[]> {
  const members = new Map<string, string[]>();
  for (const node of nodes) {
    for (const pool of new Set(node.pools)) {
      const known = members.get(pool);
      if (known === undefined) members.set(pool, [node.name]);
      else known.push(node.name);
    }
  }
  for (const names of members.values()) names.sort();
  return members;
}
