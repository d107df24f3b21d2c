/** The state that a job begins a generation with. */
import { chunkCount } from '../domain/chunking.ts';
import { dependenciesMet, followsChunks, type Parent } from '../domain/dependencies.ts';
import { hasFollowUps } from '../domain/followUps.ts';
import { hasHook } from '../domain/jobHooks.ts';
import { initialEvent } from '../domain/jobStatus.ts';
import { matchClassOf } from '../domain/matchClass.ts';
import { readyKey } from '../domain/scheduling.ts';
import { timeAfter } from '../model/clock.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';

/** Parents of a job as strong reads find them now. */
export async function readParents(context: Context, spec: Pick<JobSpec, 'dependIds'>): Promise<Parent[]> {
  const states = await context.jobs.states(spec.dependIds, { consistent: true });
  return spec.dependIds.map((id) => ({ id, status: states.get(id)?.status }));
}

/** The parts of a state that follow from what was submitted alone. */
export const derivedState = (
  spec: JobSpec,
): Pick<
  JobState,
  'matchClass' | 'readyKey' | 'maximumInstances' | 'startOn' | 'hasFollowUps' | 'specVersion'
> => ({
  matchClass: matchClassOf(spec).id,
  readyKey: readyKey(spec),
  maximumInstances: spec.maximumInstances,
  startOn: spec.startOn,
  hasFollowUps: hasFollowUps(spec),
  specVersion: spec.specVersion,
});

/**
 * A generation in which no chunk was touched. Status and reason are the caller's to decide. `isGatedByChunk` where a hook
 * says of each chunk when it may start.
 */
export function untouchedState(
  spec: JobSpec,
  isGatedByChunk: boolean,
): Omit<
  JobState,
  'status' | 'statusReason' | 'paused' | 'generation' | 'generationSince' | 'version' | 'sweptGeneration'
> {
  const total = spec.type === 'folder' ? 0 : chunkCount(spec);
  const follows = isGatedByChunk || followsChunks(spec);
  return {
    id: spec.id,
    ...derivedState(spec),
    // Chunks that follow others come into the queue one by one, so none is handed out by `next`.
    next: follows ? total : 0,
    total,
    slots: 0,
    counts: { queued: 0, completed: 0, warning: 0, failed: 0 },
    isIndexed: false,
    startedAt: null,
    endedAt: null,
    followsChunks: follows,
    framesVersion: spec.framesVersion,
    importedVersion: null,
    suspectSince: null,
    suspectVersion: null,
  };
}

/** Whether a hook of its template decides when a job may start. Chunk by chunk it is its parents' chunks alone. */
export async function isGated(context: Context, spec: JobSpec): Promise<boolean> {
  if (spec.type === 'folder' || followsChunks(spec)) return false;
  const template = await context.templates.findKept(spec.templateId);
  return template !== undefined && hasHook(template, 'onValidateJobDependancies');
}

/** Where a job that has not begun stands, by its parents, the hook that it has to wait for, and the time. */
export async function findStanding(
  context: Context,
  spec: JobSpec,
  waitsForHook: boolean,
): Promise<'wait' | 'delay' | 'queue'> {
  const isMet = dependenciesMet(spec, await readParents(context, spec)) && !waitsForHook;
  return initialEvent(isMet, spec.startOn, timeAfter(context.clock));
}
