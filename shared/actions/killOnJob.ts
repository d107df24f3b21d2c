/** Kills on all nodes that work on a job. */

import type { KillMode } from '../contract/queueMessages.ts';
import { timeAfter } from '../model/clock.ts';
import type { Assignment } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';
import { killNode } from './commandNode.ts';
import { mapAtMost } from './mapAtMost.ts';
import type { Once } from './once.ts';

/** Nodes that are told at the same time. */
const AT_ONCE = 25;
/** The index of working nodes lags: whoever it did not show is found after so many seconds. */
export const SECOND_LOOK_SECONDS = 5;

/** The command of an operator: at once, and once more for nodes that the index did not show yet. */
export async function commandKillOnJob(
  context: Context,
  jobId: number,
  mode: KillMode,
  once: Once,
): Promise<number[]> {
  await context.jobs.get(jobId);
  const { value: before } = await once.reserve(async () => timeAfter(context.clock));
  await context.dispatchQueue.send({ kind: 'kill', jobId, mode, before, pass: 2 }, SECOND_LOOK_SECONDS);
  return killOnJob(context, jobId, mode, before, { isSecondLook: false });
}

/** Kills attempts at chunks of a job that were assigned before a moment; answers with the nodes that were told. */
export async function killOnJob(
  context: Context,
  jobId: number,
  mode: KillMode,
  before: string,
  options: { readonly isSecondLook: boolean },
): Promise<number[]> {
  // What the first look started again may have begun in the very millisecond of the command.
  const isMeant = ({ jobId: id, assignedAt }: Assignment): boolean =>
    id === jobId && (options.isSecondLook ? assignedAt < before : assignedAt <= before);
  return killAll(context, await context.nodes.working(jobId), mode, isMeant);
}

/** Takes from every node what it holds of generations of a job that are over. */
export async function recallJob(context: Context, jobId: number, generation: number): Promise<number[]> {
  const isMeant = (assignment: Assignment): boolean =>
    assignment.jobId === jobId && assignment.generation < generation;
  return killAll(context, await context.nodes.working(jobId), 'go-on', isMeant);
}

async function killAll(
  context: Context,
  nodeIds: readonly number[],
  mode: KillMode,
  isMeant: (assignment: Assignment) => boolean,
): Promise<number[]> {
  const told = await mapAtMost(AT_ONCE, nodeIds, async (nodeId) =>
    (await killIfMeant(context, nodeId, mode, isMeant)) ? [nodeId] : [],
  );
  return told.flat().sort((a, b) => a - b);
}

/** A node that works on something else by now must not be paused, so it is looked at before. */
async function killIfMeant(
  context: Context,
  nodeId: number,
  mode: KillMode,
  isMeant: (assignment: Assignment) => boolean,
): Promise<boolean> {
  const state = await context.nodes.findState(nodeId, { consistent: true });
  if (state?.assignment == null || !isMeant(state.assignment)) return false;
  return killNode(context, nodeId, mode, isMeant);
}
