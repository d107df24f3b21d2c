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

/** What is known of the nodes that chunks name. */
export interface NodeBook {
  /** The name of a node; one that is not registered any more keeps its number. */
  nameOf(id: number | null): string;
}

/** Reads the nodes, if an answer is going to name any. */
export async function openNodeBook(client: Client, isNeeded: boolean): Promise<NodeBook> {
  const nodes = new Map(isNeeded ? (await listNodes(client)).entries.map((node) => [node.id, node]) : []);
  return {
    nameOf: (id) => (id === null ? '' : (nodes.get(id)?.name ?? `#${id}`)),
  };
}
