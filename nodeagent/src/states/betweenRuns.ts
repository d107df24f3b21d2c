/** What claiming and reporting have in common: nothing runs, and the answer they wait for brings work or none. */
import type { WorkOrder } from '../../../client/src/generated.ts';
import type { AgentNode, Look, Step } from '../node.ts';
import type { Output } from '../ports.ts';

/**
 * The answer that is awaited says all about attempts, so what messages say of them is only remembered: it may have been
 * sent before that answer or after it.
 */
export function lookBetweenRuns(node: AgentNode): Look {
  return (event) => {
    switch (event.kind) {
      case 'stop':
      case 'finish':
        return { state: 'draining' };
      case 'soft-restart':
        node.restartsSoon = true;
        return undefined;
      case 'session-lost':
        return node.afterLostSession(event.replaced, event.reason);
      case 'work-waits':
        node.workWaits ||= event.token === undefined || !node.knows(event.token);
        return undefined;
      case 'attempt-over':
        node.noteOver(event.token);
        return undefined;
      case 'desired-changed':
        return undefined;
    }
  };
}

/** Runs the work of an answer; without any, the node rests, or claims again if it was woken meanwhile. */
export function startOrRest(node: AgentNode, answer: Output<'nodeClaim'>): Step {
  node.session.adopt(answer.desired);
  if (answer.work !== null) {
    // Leaving gives the chunk of another job back without penalty.
    if (node.isDoneWithout(answer.work.assignment.jobId)) return { state: 'draining' };
    return start(answer.work);
  }
  if (node.workWaits || node.restartsSoon) return { state: 'claiming' };
  if (node.isDoneWithout(undefined) && !answer.desired.paused) return { state: 'draining' };
  return { state: 'idle', paused: answer.desired.paused };
}

const start = (order: WorkOrder): Step => ({ state: 'working', order });
