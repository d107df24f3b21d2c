/** Asks for work. Runs nothing, hence claims with no attempt token; a chunk that the dispatcher thinks we run comes back. */
import type { AgentNode, Step } from '../node.ts';
import { lookBetweenRuns, startOrRest } from './betweenRuns.ts';

export async function claiming(node: AgentNode): Promise<Step> {
  node.hold(undefined);
  if (node.leavesSoon) return { state: 'draining' };
  if (node.restartsSoon) return { state: 'registering' };
  node.workWaits = false;
  const settled = await node.untilSettled(
    'claim',
    (calls, session) => calls.nodeClaim({ session, attemptToken: null }),
    lookBetweenRuns(node),
  );
  if ('step' in settled) return settled.step;
  const answer = settled.value;
  if (!answer.ok) return node.afterLostSession(answer.verdict === 'replaced', answer.reason);
  return startOrRest(node, answer.value);
}
