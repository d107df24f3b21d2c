/** Asks every node that is online for a heartbeat: what it should know or say, it learns or says with that. */
import type { Context } from '../runtime/context.ts';
import { mapAtMost } from './mapAtMost.ts';

/** Nodes of one step, and how many of them are told at the same time. */
const NODES_PER_STEP = 100;
const AT_ONCE = 25;
/** From step to step, so that ten thousand nodes do not come within one second. */
const STEP_SECONDS = 1;

/**
 * One step: the next nodes by id, then a message for the step after it. A node that comes online meanwhile needs no
 * call. May be repeated: a mailbox drops a second message about the same occasion.
 */
export async function callNodes(context: Context, occasion: string, after: number): Promise<void> {
  const ids = await context.nodes.onlineAfter(after, NODES_PER_STEP);
  await mapAtMost(AT_ONCE, ids, (id) => context.mailbox.send(id, { kind: 'converge', occasion }));
  const last = ids.at(-1);
  if (last === undefined || ids.length < NODES_PER_STEP) return;
  await context.dispatchQueue.send({ kind: 'call', occasion, after: last }, STEP_SECONDS);
}
