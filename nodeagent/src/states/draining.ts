/**
 * Leaves on purpose: stops what runs, says so, and goes, within 15 seconds. Whatever is not answered in time is
 * settled by the dispatcher, which gives the chunk back when the lease lapses.
 */
import type { AssignmentKey } from '../../../client/src/generated.ts';
import type { AgentNode, Step } from '../node.ts';
import type { Run } from '../ports.ts';
import { ask, type Failure } from '../verdict.ts';
import { sleep, within } from '../waiting.ts';

/** Milliseconds after the stop at which each part has to be over. The runner kills for good after 5 seconds. */
const runMs = 7_000;
const reportsMs = 10_000;
const leaveMs = 12_000;
const uploadsMs = 14_000;
const pauseMs = 500;

export async function draining(
  node: AgentNode,
  run: Run | undefined,
  attempt: AssignmentKey | undefined,
): Promise<Step> {
  const { ports, session } = node;
  const startedAt = ports.clock.now();
  const left = (untilMs: number): number => Math.max(0, startedAt + untilMs - ports.clock.now());
  const gone = new AbortController();
  ports.say('leaves');
  node.commands.close();

  if (run !== undefined && attempt !== undefined) {
    run.kill();
    const result = await within(ports.clock, left(runMs), run.ended);
    if (result !== undefined) await ports.outbox.add({ attempt, ...result });
  }
  await within(ports.clock, left(reportsMs), deliver(node, gone.signal));
  await within(
    ports.clock,
    left(leaveMs),
    repeat(node, gone.signal, () => session.calls.nodeLeave({ session: session.id })),
  );
  await within(ports.clock, left(uploadsMs), node.uploads.flush());
  gone.abort();
  return { state: 'ended', exit: node.left('left') };
}

async function deliver(node: AgentNode, gone: AbortSignal): Promise<void> {
  const { ports, session } = node;
  for (const entry of ports.outbox.entries()) {
    const failure = await repeat(node, gone, () =>
      session.calls.nodeReport({ session: session.id, ...entry.report, wantsNext: false }),
    );
    if (failure !== undefined && !(failure.verdict === 'stale' || failure.verdict === 'refused')) return;
    await ports.outbox.remove(entry);
    node.uploads.add(entry.report.attempt);
  }
}

/** Repeats until the answer settles something, or the node is gone. */
async function repeat(
  node: AgentNode,
  gone: AbortSignal,
  call: () => Promise<unknown>,
): Promise<Failure | undefined> {
  for (;;) {
    const answer = await ask(call);
    if (answer.ok) return undefined;
    if (answer.verdict !== 'later' || gone.aborted) return answer;
    await sleep(node.ports.clock, pauseMs, gone);
  }
}
