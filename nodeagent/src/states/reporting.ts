/**
 * Delivers the reports in the outbox, oldest first, and takes the next chunk out of the last answer. A report is
 * repeated until it is answered: the dispatcher ends a chunk once, however often it hears of it.
 */
import type { AgentNode, Step } from '../node.ts';
import { lookBetweenRuns, startOrRest } from './betweenRuns.ts';

export async function reporting(node: AgentNode): Promise<Step> {
  const { outbox } = node.ports;
  for (;;) {
    const [entry, next] = outbox.entries();
    if (entry === undefined) return { state: 'claiming' };
    let wantsNext = false;
    const settled = await node.untilSettled(
      'report',
      (calls, session) => {
        wantsNext =
          next === undefined && !node.session.desired.paused && !node.leavesSoon && !node.restartsSoon;
        return calls.nodeReport({ session, ...entry.report, wantsNext });
      },
      lookBetweenRuns(node),
    );
    if ('step' in settled) return settled.step;

    const answer = settled.value;
    // In another session the same report is answered stale, since register gave the chunk back; it is dropped then.
    if (!answer.ok && (answer.verdict === 'replaced' || answer.verdict === 'unknown')) {
      return node.afterLostSession(answer.verdict === 'replaced', answer.reason);
    }
    node.hold(undefined);
    await outbox.remove(entry);
    node.uploads.add(entry.report.attempt);
    if (!answer.ok) {
      node.ports.say(`a report was not accepted and is dropped: ${answer.reason}`);
      // A report that is not understood leaves the chunk with this node: only a new session gives it back.
      if (answer.verdict === 'refused') return node.afterLostSession(false, answer.reason);
    } else if (wantsNext || answer.value.work !== null) {
      return startOrRest(node, answer.value);
    } else {
      node.session.adopt(answer.value.desired);
      if (next === undefined) {
        const isToRest = node.session.desired.paused && !node.leavesSoon && !node.restartsSoon;
        return isToRest ? { state: 'idle', paused: true } : { state: 'claiming' };
      }
    }
  }
}
