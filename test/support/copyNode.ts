/** Nodes that nobody stands behind: as many as a test wants, each like one that has registered. */
import type { NodeItem, NodeState } from '../../shared/model/node.ts';
import type { Context } from '../../shared/runtime/context.ts';

/** Writes a node like another one under a new id. */
export async function copyNode(
  context: Context,
  id: number,
  node: NodeItem,
  state: NodeState,
): Promise<void> {
  const name = `node-${id}`;
  await context.nodes.claimName(name, id, 'secret');
  await context.nodes.add({ ...node, id, name, version: 0 }, { ...state, id }, 'secret');
}
