/** Edits, pauses and resumes a job; moves it in the tree. */
import { chunkingFields } from '../domain/chunking.ts';
import { findCycle, followsChunks } from '../domain/dependencies.ts';
import { hasBegun, jobTransitions } from '../domain/jobStatus.ts';
import { wouldContainItself } from '../domain/jobTree.ts';
import { matchClassOf } from '../domain/matchClass.ts';
import { findTransition } from '../domain/transition.ts';
import { DispatcherError, invalidInput } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import { ROOT_ID } from '../model/ids.ts';
import type { JobChanges, JobSpec, JobState } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';
import { isGatedByChunk } from './askChunks.ts';
import { derivedState, findStanding, isGated, untouchedState } from './newJobState.ts';
import { askedOfNodes, checkDependencies, checkFields, checkHost, checkParent } from './submitJob.ts';

/** See deleteJob.ts: a busy job leaves little time between read and write. */
const TRIES = 20;

/** Applies changes to a job. The job is written first, then the state that follows from it. */
export async function editJob(
  context: Context,
  jobId: number,
  { paused, ...changes }: JobChanges,
  assertMayEdit: (owner: string) => Promise<void>,
): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { spec, state } = await context.jobs.get(jobId);
    await assertMayEdit(spec.owner);
    const wanted = { ...spec, ...definedOnly(changes) } as JobSpec;
    const edited = spec.type === 'folder' ? wanted : { ...wanted, ...(await askedOfNodes(context, wanted)) };
    if (spec.type === 'folder' && paused !== undefined) {
      throw invalidInput('changes.paused', 'a folder has only a name to edit');
    }
    await checkEdit(context, spec, edited, state);
    const isChanged = JSON.stringify(edited) !== JSON.stringify(spec);
    if (isChanged && !(await writeSpec(context, spec, edited))) continue;
    if (await applySpec(context, jobId, paused)) return;
  }
  throw new DispatcherError('conflict', { what: 'job', id: jobId });
}

/** Moves a job or folder; refuses a folder inside itself, also when somebody else moves folders meanwhile. */
export async function reparentJob(
  context: Context,
  jobId: number,
  newParentId: number,
  assertMayEdit: (owner: string) => Promise<void>,
): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { spec } = await context.jobs.get(jobId);
    await assertMayEdit(spec.owner);
    if (spec.parentId === newParentId) return;
    const tree = await context.jobs.treeVersion();
    await checkParent(context, newParentId, 'newParentId');
    if (spec.type === 'folder' && wouldContainItself(jobId, await pathToRoot(context, newParentId))) {
      throw invalidInput(
        'newParentId',
        `folder ${jobId} must not be inside itself; ${newParentId} is below it`,
      );
    }
    const moved = { ...spec, parentId: newParentId, specVersion: spec.specVersion + 1 };
    if (await context.jobs.replaceInTree(moved, spec.specVersion, tree)) {
      if (await applySpec(context, jobId)) return;
    }
  }
  throw new DispatcherError('conflict', { what: 'job', id: jobId });
}

/**
 * Makes a job's state say what the job says. Repeating it changes nothing; the projector asks for it too, so
 * that an edit that was cut off in the middle is finished. False if the job goes, or is gone: then the edit came too late.
 */
export async function applySpec(context: Context, jobId: number, paused?: boolean): Promise<boolean> {
  for (;;) {
    const job = await context.jobs.findToWriteState(jobId);
    if (job === undefined || job.state.status === 'deleting') return false;
    const { spec, state } = job;
    // An edit ends the wait for a licence; a repetition of it must not end one that came later.
    if (paused === undefined && state.specVersion === spec.specVersion) return true;
    const next = await stateAfter(context, spec, state, paused ?? state.paused);
    if (JSON.stringify(next) === JSON.stringify(state)) return true;
    // A write that no report of a busy job gets before; one that has begun to wait or to start meanwhile is looked at again.
    if (JSON.stringify({ ...next, specVersion: state.specVersion }) === JSON.stringify(state)) {
      if (await context.jobs.noteSpec(state, spec.specVersion)) return true;
      continue;
    }
    if ((await context.jobs.replaceState(next, state.version)).applied) return true;
  }
}

async function checkEdit(context: Context, spec: JobSpec, edited: JobSpec, state: JobState): Promise<void> {
  if (spec.type === 'folder') {
    const field = Object.keys(edited).find(
      (name) => name !== 'name' && edited[name as keyof JobSpec] !== spec[name as keyof JobSpec],
    );
    if (field !== undefined) throw invalidInput(`changes.${field}`, 'a folder has only a name to edit');
    return;
  }
  await checkFields(context, edited, 'changes');
  await checkHost(context, edited, 'changes');
  const recut = recutField(spec, edited);
  if (recut !== undefined && hasBegun(state)) {
    throw new DispatcherError('transition-refused', {
      what: 'job',
      id: spec.id,
      from: state.status,
      event: `edit of ${recut}`,
      rule: 'chunks were handed out; pause and reinitialise the job first',
    });
  }
  await checkDependencies(context, edited, 'changes', spec.dependIds);
}

/** The field whose edit changes what a chunk of the job is; undefined if none does. */
const recutField = (spec: JobSpec, edited: JobSpec): string | undefined =>
  chunkingFields.find((field) => edited[field] !== spec[field]) ??
  (followsChunks(edited) === followsChunks(spec) ? undefined : 'dependLinkMode');

/** Writes the job; with dependencies under the tree's version, so that no cycle comes of two edits at once. */
async function writeSpec(context: Context, spec: JobSpec, edited: JobSpec): Promise<boolean> {
  await context.matchClasses.ensure(matchClassOf(edited));
  const next = {
    ...edited,
    specVersion: spec.specVersion + 1,
    framesVersion: spec.framesVersion + (recutField(spec, edited) === undefined ? 0 : 1),
  };
  const isSameParents =
    JSON.stringify(spec.dependIds) === JSON.stringify(edited.dependIds) &&
    followsChunks(spec) === followsChunks(edited);
  if (isSameParents) return context.jobs.replaceSpec(next, spec.specVersion);
  const tree = await context.jobs.treeVersion();
  const cycle = findCycle(await dependencyGraph(context, edited.dependIds), spec.id, edited.dependIds);
  if (cycle !== undefined) {
    throw invalidInput(
      'changes.dependIds',
      `jobs must not wait for each other: ${cycle.join(' waits for ')}`,
    );
  }
  await context.jobs.addDependants(edited.dependIds, spec.id, followsChunks(edited));
  if (!(await context.jobs.replaceInTree(next, spec.specVersion, tree))) return false;
  await context.jobs.removeDependants(
    spec.dependIds.filter((id) => !edited.dependIds.includes(id)),
    spec.id,
  );
  return true;
}

/** Everything that can be reached from some jobs along their dependencies. */
export async function dependencyGraph(
  context: Context,
  from: readonly number[],
): Promise<Map<number, readonly number[]>> {
  const graph = new Map<number, readonly number[]>();
  let frontier = [...from];
  while (frontier.length > 0) {
    const specs = await Promise.all(frontier.map((id) => context.jobs.findSpec(id, { consistent: true })));
    for (const [position, id] of frontier.entries()) graph.set(id, specs[position]?.dependIds ?? []);
    frontier = [...new Set(specs.flatMap((spec) => spec?.dependIds ?? []))].filter((id) => !graph.has(id));
  }
  return graph;
}

/** Folder ids from a folder up to the root, the folder itself first. */
async function pathToRoot(context: Context, folderId: number): Promise<number[]> {
  const path: number[] = [];
  for (let id = folderId; id !== ROOT_ID; ) {
    path.push(id);
    id = (await context.jobs.findSpec(id, { consistent: true }))?.parentId ?? ROOT_ID;
  }
  return path;
}

async function stateAfter(
  context: Context,
  spec: JobSpec,
  state: JobState,
  paused: boolean,
): Promise<JobState> {
  if (spec.type === 'folder') return { ...state, paused, specVersion: spec.specVersion };
  const fresh = untouchedState(spec, await isGatedByChunk(context, spec));
  const derived: JobState =
    fresh.framesVersion === state.framesVersion
      ? { ...state, ...derivedState(spec), ...handedOutBy(fresh, spec, state), paused }
      : // Whoever has claimed a chunk of the old frames in between holds one of a generation that is over.
        {
          ...state,
          ...fresh,
          status: 'queued',
          isIndexed: state.isIndexed,
          generation: state.generation + 1,
          generationSince: timeAfter(context.clock),
          paused,
        };
  // A job that may start by the word of a hook may go on to start until it is edited.
  const isUnsettled = state.status === 'waiting' || state.specVersion !== spec.specVersion;
  const event = await findStanding(context, spec, isUnsettled && (await isGated(context, spec)));
  const transition = findTransition(jobTransitions, derived.status, event);
  // In a status that has no such transition the job has begun, and goes on.
  if (transition === undefined || transition.to === derived.status) return derived;
  return { ...derived, status: transition.to, statusReason: transition.reason };
}

/** How chunks are handed out follows the template until some were: by the word of its hook or not. */
function handedOutBy(
  { next, followsChunks: follows }: Pick<JobState, 'next' | 'followsChunks'>,
  spec: JobSpec,
  state: JobState,
): Partial<JobState> {
  if (hasBegun(state) || followsChunks(spec) || state.followsChunks === follows) return {};
  return { next, followsChunks: follows };
}

function definedOnly(changes: Omit<JobChanges, 'paused'>): Partial<JobSpec> {
  return Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  ) as Partial<JobSpec>;
}
