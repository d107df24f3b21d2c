/** Nodes as people name them. */
import type { Client } from '../../client/src/client.ts';
import type { Node } from '../../client/src/generated.ts';
import { collect } from './pages.ts';

/** Farms are smaller than this; it only keeps a broken answer from never ending. */
const MOST_NODES = 20_000;

/** The node that a number or a name means. A number is an id first: that is what the tables show. */
export async function getNode(client: Client, nodeOrId: string): Promise<Node> {
  const { node } = /^\d+$/.test(nodeOrId)
    ? await client.nodeGet({ id: Number(nodeOrId) })
    : await client.nodeGetByName({ name: nodeOrId });
  return node;
}

export const listNodes = (
  client: Client,
  filter: { readonly status?: Node['status']; readonly pool?: string } = {},
): Promise<{ readonly entries: readonly Node[]; readonly isComplete: boolean }> =>
  collect(MOST_NODES, async (page) => {
    const { nodes, nextPageToken } = await client.nodeGetList({ ...filter, ...page });
    return { entries: nodes, nextPageToken };
  });

/** Tells a node's name by its id; a node that is not registered any more keeps its number. */
export async function nodeNamer(client: Client, needed: boolean): Promise<(id: number | null) => string> {
  const names = new Map(needed ? (await listNodes(client)).entries.map(({ id, name }) => [id, name]) : []);
  return (id) => (id === null ? '' : (names.get(id) ?? `#${id}`));
}
