/** Takes note of what a node measured afresh. */
import { timeAfter } from '../model/clock.ts';
import type { Capabilities, Load } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';
import { assertSession, getSessionState, type NodeSession } from './claimChunk.ts';
import { configureNode } from './configureNode.ts';

/** Keeps capabilities and load of the caller's node. */
export async function updateNode(
  context: Context,
  caller: NodeSession,
  { capabilities, load }: { readonly capabilities: Capabilities; readonly load: Load },
): Promise<void> {
  await getSessionState(context, caller);
  await configureNode(context, caller.nodeId, () => capabilities);
  const noted = await context.nodes.noteLoad(caller.nodeId, caller.session, load, timeAfter(context.clock));
  if (!noted.applied) assertSession(noted.present, caller);
}
