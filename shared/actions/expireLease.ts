/**
 * A lapsed lease is ended in this order: node state (guard: lease and token unchanged, so that a late heartbeat
 * renews), chunk, job state. Invariant 7 rests here.
 */
import { endEvent } from '../domain/chunkStatus.ts';
import { timeAfter } from '../model/clock.ts';
import type { Assignment, NodeState } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';
import { giveBackLimits, giveSlotBack, returnChunk } from './returnChunk.ts';

/** Ends what has lapsed of one node: its lease, or the time to accept a pushed chunk. True if anything had. */
export async function expireLease(context: Context, state: NodeState): Promise<boolean> {
  const now = timeAfter(context.clock);
  if (state.leaseUntil !== null && state.leaseUntil <= now) {
    if (!(await context.nodes.goOffline(state)).applied) return false;
    context.logger.log('lease-expired', { nodeId: state.id, jobId: state.assignment?.jobId ?? null });
    if (state.assignment !== null) await endLost(context, state.assignment, state.id);
    return true;
  }
  const { assignment } = state;
  if (assignment === null || assignment.acceptBy === null || assignment.acceptBy > now) return false;
  // It was told and did not come: until it is heard of again no more work is pushed to it, lest a machine that was
  // switched off keeps a chunk from those that are there for as long as its idle lease lasts.
  if (!(await context.nodes.goOffline(state)).applied) return false;
  await returnChunk(context, assignment, 'its node did not accept it in time');
  return true;
}

async function endLost(context: Context, assignment: Assignment, nodeId: number): Promise<void> {
  const [configuration, spec, chunk] = await Promise.all([
    context.configuration.get(),
    context.jobs.findSpec(assignment.jobId, { consistent: false }),
    context.chunks.find(assignment, { consistent: true }),
  ]);
  const event = endEvent(
    'lost',
    chunk?.requeueCount ?? 0,
    spec?.maximumChunksRequeue ?? configuration.maximumChunksRequeue,
  );
  const status = event === 'fail' ? 'failed' : 'queued';
  const ended = await context.chunks.end(assignment, {
    token: assignment.token,
    status,
    outcome: 'lost',
    endedAt: timeAfter(context.clock),
    exitCode: null,
    message: `node ${nodeId} was silent beyond its lease`,
    cpuSeconds: 0,
    peakMemoryMb: 0,
    isPenalty: true,
  });
  if (!ended.applied) return;
  await giveSlotBack(context, assignment, status);
  await giveBackLimits(context, assignment.limits);
}
