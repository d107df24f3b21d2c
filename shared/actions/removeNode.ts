/** Removes the registration of a node that is offline. */
import { DispatcherError, notFound } from '../errors.ts';
import type { Context } from '../runtime/context.ts';
import type { Once } from './once.ts';

/** Removes it; a repeated request whose node is gone has done its work. */
export async function removeNode(context: Context, nodeId: number, once: Once): Promise<void> {
  const { isRepeat } = await once.reserve(async () => {
    if ((await context.nodes.find(nodeId, { consistent: true })) === undefined)
      throw notFound('node', nodeId);
    return null;
  });
  const [node, state] = await Promise.all([
    context.nodes.find(nodeId, { consistent: true }),
    context.nodes.findState(nodeId, { consistent: true }),
  ]);
  if (node === undefined && isRepeat) return context.mailbox.remove(nodeId);
  if (node === undefined) throw notFound('node', nodeId);
  if (state !== undefined && state.status !== 'offline') {
    throw new DispatcherError('transition-refused', {
      what: 'node',
      id: nodeId,
      from: state.status,
      event: 'remove',
      rule: 'only a node that is offline can be removed; stop its agent first',
    });
  }
  if (!(await context.nodes.remove(node, state)))
    throw new DispatcherError('conflict', { what: 'node', id: nodeId });
  await Promise.all(node.tokenHashes.map((hash) => context.tokens.remove(hash)));
  await context.mailbox.remove(nodeId);
}
