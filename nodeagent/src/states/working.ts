/** Runs a chunk. Only an answer or a message about this very attempt, a lost session or a stop ends it early. */
import type { WorkOrder } from '../../../client/src/generated.ts';
import { LiveLog } from '../liveLog.ts';
import type { AgentNode, Look, Step } from '../node.ts';

export async function working(node: AgentNode, order: WorkOrder): Promise<Step> {
  const { assignment: attempt } = order;
  const { token } = attempt;
  const isDoubtful = node.isOver(token);
  const { session } = node;
  const run = node.ports.runner.start(order, session.desired.processPriority);
  const liveLog = new LiveLog(node.ports, session, run, attempt, node.events);
  let { processPriority } = session.desired;
  node.noteJob(attempt.jobId);
  node.hold({ token, progress: () => run.progress() });
  node.workWaits = false;
  node.ports.say(
    `runs chunk ${attempt.index + 1} of job ${attempt.jobId} "${order.jobName}", attempt ${attempt.attempt}`,
  );
  // A kill overtook the answer that brought this attempt, or came late: the dispatcher knows which.
  if (isDoubtful) session.beat();
  liveLog.converge();

  const stop = (next: Step): Step => ({ state: 'stopping', run, attempt, next });
  const look: Look = (event) => {
    switch (event.kind) {
      case 'stop':
        return { state: 'draining', run, attempt };
      case 'session-lost':
        return stop(node.afterLostSession(event.replaced, event.reason));
      case 'attempt-over':
        if (event.token === token) return stop({ state: 'claiming' });
        node.noteOver(event.token);
        return undefined;
      case 'work-waits':
        // Another chunk was pushed to a node that works: if that is true, the heartbeat says that ours is over.
        if (event.token !== undefined && !node.knows(event.token)) node.session.beat();
        return undefined;
      case 'desired-changed':
        if (session.desired.processPriority !== processPriority) {
          processPriority = session.desired.processPriority;
          run.setPriority(processPriority);
        }
        liveLog.converge();
        return undefined;
      case 'soft-restart':
        node.restartsSoon = true;
        return undefined;
      case 'finish':
        node.leavesSoon = true;
        node.ports.say('leaves after this chunk');
        return undefined;
    }
  };
  const ended = await node.attend(run.ended, look).finally(() => liveLog.close());
  if ('step' in ended) return ended.step;

  const { outcome, message } = ended.value;
  node.ports.say(
    `chunk ${attempt.index + 1} of job ${attempt.jobId}: ${outcome}${message && `: ${message}`}`,
  );
  await node.ports.outbox.add({ attempt, ...ended.value });
  return { state: 'reporting' };
}
