/** A node says that it lives: one write that renews the lease and returns the desired state. */
import type { DesiredState } from '../contract/nodeProtocol.ts';
import { DispatcherError } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import type { Load } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';
import { assertSession, becomeFree, desiredState, type NodeSession } from './claimChunk.ts';

export interface Beat {
  readonly attemptToken: string | null;
  readonly progress: number;
  readonly load: Load;
}

/** Renews the lease. `stale-attempt` when the node runs an attempt that is not its assignment. */
export async function heartbeat(
  context: Context,
  caller: NodeSession,
  beat: Beat,
): Promise<{ readonly desired: DesiredState; readonly hasWork: boolean }> {
  const configuration = await context.configuration.get();
  const leaseSeconds =
    beat.attemptToken === null ? configuration.idleLeaseSeconds : configuration.busyLeaseSeconds;
  const write = await context.nodes.heartbeat(caller.nodeId, caller.session, beat.attemptToken, {
    load: beat.load,
    progress: beat.progress,
    leaseUntil: timeAfter(context.clock, leaseSeconds),
    now: timeAfter(context.clock),
  });
  if (write.applied) return { desired: desiredState(write.state, configuration), hasWork: false };
  const present = assertSession(write.present, caller);
  const holdsOther = (present.assignment?.token ?? null) !== beat.attemptToken;
  if (holdsOther && beat.attemptToken !== null) {
    throw new DispatcherError('stale-attempt', { token: beat.attemptToken });
  }
  if (holdsOther) return { desired: desiredState(present, configuration), hasWork: true };
  // Its lease had lapsed while it held nothing: it is back.
  const { work, desired } = await becomeFree(context, present, null, configuration);
  return { desired, hasWork: work !== null };
}
