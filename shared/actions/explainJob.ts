/** Why is it not running? The rules that keep a job from every node, and the first that keeps it from each. */
import { gateRules, mayHaveWaiting } from '../domain/chunkGates.ts';
import { followsChunks, waitingFor } from '../domain/dependencies.ts';
import { isClaimable } from '../domain/jobStatus.ts';
import { classRule } from '../domain/matchClass.ts';
import { exclusionRule, jobRules, nodeRule } from '../domain/scheduling.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import { inEffect } from '../model/settings.ts';
import type { Context } from '../runtime/context.ts';
import { readParents } from './newJobState.ts';

export interface Explanation {
  readonly runs: boolean;
  readonly job: readonly string[];
  readonly nodes: readonly { readonly nodeId: number; readonly name: string; readonly rule: string | null }[];
  readonly nextAfter: number | undefined;
}

/** Explains one job, nodes page by page. */
export async function explainJob(
  context: Context,
  jobId: number,
  page: { readonly after: number | undefined; readonly limit: number },
): Promise<Explanation> {
  const { spec, state } = await context.jobs.get(jobId);
  const [settings, waits, limits, list] = await Promise.all([
    context.configuration.getSettings(),
    findWaits(context, spec, state),
    limitRules(context, spec, state),
    context.nodes.list(page),
  ]);
  const rules = [...jobRules(state, inEffect(settings), waits), ...limits];
  const nodes = list.nodes.map(({ node, state: nodeState }) => ({
    nodeId: node.id,
    name: node.name,
    rule: classRule(node, nodeState.load, spec) ?? exclusionRule(node, jobId) ?? nodeRule(nodeState) ?? null,
  }));
  return {
    runs: state.slots > 0 || (rules.length === 0 && isClaimable(state)),
    job: rules,
    nodes,
    nextAfter: list.nextAfter,
  };
}

/** What a job waits for, or those of its chunks that are not in the queue yet. */
async function findWaits(context: Context, spec: JobSpec, state: JobState): Promise<string[]> {
  if (state.status === 'waiting') return waitingFor(spec, await readParents(context, spec));
  if (!mayHaveWaiting(state)) return [];
  const { gate } = await context.chunkGates.get(state.id, state.generation);
  // Chunks that follow those of other jobs wait for them first, and nothing is kept of that.
  return followsChunks(spec) && gate.refused.length === 0 ? [] : gateRules(gate);
}

async function limitRules(context: Context, spec: JobSpec, state: JobState): Promise<string[]> {
  if (spec.type === 'folder' || !isClaimable(state)) return [];
  const template = await context.templates.findKept(spec.templateId);
  if (template === undefined) return [`template ${spec.templateId} is not installed`];
  const uses = new Map((await context.limits.list()).map(({ name, inUse }) => [name, inUse]));
  return template.limits
    .filter(({ name, maximum }) => (uses.get(name) ?? 0) >= maximum)
    .map(({ name, maximum }) => `limit ${name} is used up: all ${maximum} are out`);
}
