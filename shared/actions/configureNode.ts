/** Changes settings of a node. */
import { DispatcherError, notFound } from '../errors.ts';
import type { NodeItem } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';

const TRIES = 5;

/** Applies what `change` makes of the node as it is, guarded by its version. */
export async function configureNode(
  context: Context,
  nodeId: number,
  change: (node: NodeItem) => Partial<NodeItem>,
): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const node = await context.nodes.find(nodeId, { consistent: true });
    if (node === undefined) throw notFound('node', nodeId);
    if (await context.nodes.replace({ ...node, ...change(node) })) return;
  }
  throw new DispatcherError('conflict', { what: 'node', id: nodeId });
}
