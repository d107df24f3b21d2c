/** Nothing to do: heartbeats go on and the mailbox is read. Every sign of work leads to a claim, which does no harm. */
import type { AgentNode, Step } from '../node.ts';

export async function idle(node: AgentNode, paused: boolean): Promise<Step> {
  node.hold(undefined);
  let wasPaused = paused;
  for (;;) {
    const { desired } = node.session;
    // The dispatcher woke nobody for a paused node, so what came up meanwhile has to be asked for.
    if (wasPaused && !desired.paused) return { state: 'claiming' };
    wasPaused = desired.paused;

    const event = await node.nextEvent();
    if (event.kind === 'stop' || event.kind === 'finish') return { state: 'draining' };
    if (event.kind === 'soft-restart') {
      node.restartsSoon = true;
      return { state: 'registering' };
    }
    if (event.kind === 'session-lost') return node.afterLostSession(event.replaced, event.reason);
    if (event.kind === 'work-waits' && (event.token === undefined || !node.knows(event.token))) {
      return { state: 'claiming' };
    }
    if (event.kind === 'attempt-over') node.noteOver(event.token);
  }
}
