/** Submits a job, or makes a folder. The state is written last: with it the job exists, and half a submit is invisible. */
import type { DispatcherHook, Template } from '../contract/hooks.ts';
import { chunkCount, MAXIMUM_CHUNKS } from '../domain/chunking.ts';
import { followsChunks } from '../domain/dependencies.ts';
import { MOVIE_TEMPLATE, movieViolation } from '../domain/followUps.ts';
import { frameCheckViolation } from '../domain/frameCheck.ts';
import { actionViolation } from '../domain/jobActions.ts';
import { jobTransitions } from '../domain/jobStatus.ts';
import { matchClassOf } from '../domain/matchClass.ts';
import { templateViolations } from '../domain/templateFields.ts';
import { getTransition } from '../domain/transition.ts';
import { DispatcherError, invalidInput, notFound } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import { ROOT_ID } from '../model/ids.ts';
import { type JobSpec, type JobSubmission, jobSubmissionSchema } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';
import { isGatedByChunk } from './askChunks.ts';
import { askHook } from './askHook.ts';
import { createFolder } from './createFolder.ts';
import { findStanding, isGated, untouchedState } from './newJobState.ts';
import type { Once } from './once.ts';
import { viewJob } from './viewJob.ts';

/** Submits a job for an owner, which `hookDepth` hooks led to; answers with its id and its number of chunks. */
export async function submitJob(
  context: Context,
  submission: JobSubmission,
  owner: string,
  once: Once,
  hookDepth = 0,
): Promise<{ readonly id: number; readonly chunkCount: number }> {
  const check = (fields: JobFields): Promise<void> => checkHost(context, fields, 'job');
  const { spec, isMade } = await reserveJob(context, submission, owner, once, hookDepth, check);
  if (!isMade) await makeJob(context, spec, submission.paused);
  return { id: spec.id, chunkCount: chunkCount(spec) };
}

type JobFields = Omit<JobSubmission, 'paused'>;

/** Checks a request, takes id and moment of its submission and decides on its owner, once however often it comes. */
export async function reserveJob(
  context: Context,
  { paused, ...submitted }: JobSubmission,
  owner: string,
  once: Once,
  hookDepth: number,
  checkSpread: (fields: JobFields) => Promise<void>,
): Promise<{ readonly spec: JobSpec; readonly isMade: boolean }> {
  const fields = { ...submitted, ...(await askedOfNodes(context, submitted)) };
  const check = async (): Promise<void> => {
    await checkFields(context, fields, 'job');
    await checkSpread(fields);
    await checkParent(context, fields.parentId, 'job.parentId');
    await checkDependencies(context, fields, 'job');
  };
  const origin = { type: 'job', specVersion: 1, framesVersion: 1, hookDepth } as const;
  const { isMade, ...identity } = await reserve(context, once, check, (taken) =>
    askForOwner(context, { ...fields, ...origin, ...taken, owner }, paused),
  );
  return { spec: { ...fields, ...identity, ...origin }, isMade };
}

/** Writes a job that was checked; what of it is there already stays. */
export async function makeJob(context: Context, spec: JobSpec, paused: boolean): Promise<void> {
  await context.matchClasses.ensure(matchClassOf(spec));
  // Edges first, then the parents, then the state: an end of a parent in between is seen by one of the two.
  await context.jobs.addDependants(spec.dependIds, spec.id, followsChunks(spec));
  await context.jobs.createSpec(spec);
  const event = await findStanding(context, spec, await isGated(context, spec));
  const { to, reason } = getTransition(jobTransitions, 'job', spec.id, 'queued', event);
  await context.jobs.createState({
    ...untouchedState(spec, await isGatedByChunk(context, spec)),
    status: to,
    statusReason: reason,
    paused,
    generation: 1,
    version: 1,
    generationSince: spec.submittedAt,
    sweptGeneration: 0,
  });
}

/**
 * What a job asks of nodes for its template's sake. One for any platform goes to that of its template, if it runs on one
 * only.
 */
export async function askedOfNodes(
  context: Context,
  { platform, templateId }: Pick<JobSubmission, 'platform' | 'templateId'>,
): Promise<Pick<JobSpec, 'platform' | 'needs'>> {
  const template = await context.templates.findKept(templateId);
  return {
    platform: platform === 'any' ? (template?.onlyPlatform ?? 'any') : platform,
    needs: template?.needs ?? null,
  };
}

/** Makes a folder; answers with its id. */
export async function addFolder(
  context: Context,
  { parentId, name, owner }: { readonly parentId: number; readonly name: string; readonly owner: string },
  once: Once,
): Promise<{ readonly id: number }> {
  const check = () => checkParent(context, parentId, 'parentId');
  const { isMade, ...identity } = await reserve(context, once, check, async () => owner);
  if (!isMade) await createFolder(context, folderSpec({ ...identity, name, parentId }));
  return { id: identity.id };
}

export function folderSpec({
  name,
  parentId,
  ...identity
}: Pick<JobSpec, 'id' | 'name' | 'parentId' | 'owner' | 'submittedAt'>): JobSpec {
  const { paused: _paused, ...fields } = jobSubmissionSchema().parse({ name, parentId, templateId: 1 });
  const origin = { type: 'folder', specVersion: 1, framesVersion: 1, hookDepth: 0, needs: null } as const;
  return { ...fields, ...identity, ...origin };
}

/** Owner of a job by the hooks of its template. Throws what `askHook` throws. */
async function askForOwner(context: Context, spec: JobSpec, paused: boolean): Promise<string> {
  const template = await context.templates.findKept(spec.templateId);
  if (template === undefined) return spec.owner;
  const state = {
    ...untouchedState(spec, await isGatedByChunk(context, spec)),
    status: 'queued',
    statusReason: 'is being submitted',
    paused,
  } as const;
  const ask = (hook: DispatcherHook, owner: string, user: string | null) =>
    askHook(context, template, {
      hook,
      key: `${spec.id}:1:1:${hook}`,
      job: viewJob({ ...spec, owner }, { ...state, generation: 1, version: 1 }),
      chunk: null,
      user,
      depth: spec.hookDepth,
    });
  const { user: owner = spec.owner } = await ask(
    'onDispatcherOverrideImpersonationUser',
    spec.owner,
    spec.owner,
  );
  await ask('onValidateJobSubmission', owner, null);
  return owner;
}

/**
 * Checks a new request and takes id and moment of submission, once however often the request comes, and then decides
 * on the owner. A repeated one whose job was made, and perhaps deleted since, is done; one that was cut off before is
 * checked again.
 */
async function reserve(
  context: Context,
  once: Once,
  check: () => Promise<void>,
  decideOwner: (taken: Pick<JobSpec, 'id' | 'submittedAt'>) => Promise<string>,
): Promise<Pick<JobSpec, 'id' | 'submittedAt' | 'owner'> & { readonly isMade: boolean }> {
  const { value, isRepeat } = await once.reserve(async () => {
    await check();
    const taken = { id: await context.ids.next('job'), submittedAt: timeAfter(context.clock) };
    return { ...taken, owner: await decideOwner(taken) };
  });
  const isMade = isRepeat && (await isMadeOrGone(context, value.id));
  if (isRepeat && !isMade) await check();
  return { ...value, isMade };
}

/** Whether a job or folder is there, or was and has been deleted since. */
export const isMadeOrGone = async (context: Context, id: number): Promise<boolean> =>
  (await context.jobs.findState(id, { consistent: true })) !== undefined || (await context.jobs.isBuried(id));

/** Rules that span fields of a job: frames, chunks, times, and what the template takes. */
export async function checkFields(
  context: Context,
  job: Omit<JobSubmission, 'paused'>,
  input: 'job' | 'changes',
): Promise<void> {
  if (job.endFrame < job.startFrame) {
    throw invalidInput(
      `${input}.endFrame`,
      `must not be before startFrame ${job.startFrame}; it is ${job.endFrame}`,
    );
  }
  const count = chunkCount(job);
  if (count > MAXIMUM_CHUNKS) {
    throw invalidInput(
      `${input}.packetSize`,
      `gives ${count} chunks, the most is ${MAXIMUM_CHUNKS}; take larger packets`,
    );
  }
  const template = await context.templates.findKept(job.templateId);
  if (template === undefined) {
    throw invalidInput(
      `${input}.templateId`,
      `must be a template of the farm, see templateGetList; it is ${job.templateId}`,
    );
  }
  const [violation] = templateViolations(template, job);
  if (violation !== undefined) throw invalidInput(`${input}.attributes.${violation.field}`, violation.rule);
  const broken =
    frameCheckViolation(template, job) ??
    actionViolation(job) ??
    (job.movie === null ? undefined : movieViolation(template, await getMovieTemplate(context), job));
  if (broken !== undefined) throw invalidInput(`${input}.${broken.field}`, broken.rule);
}

async function getMovieTemplate(context: Context): Promise<Template> {
  const template = await context.templates.findKept(MOVIE_TEMPLATE);
  if (template === undefined) throw notFound('template', MOVIE_TEMPLATE);
  return template;
}

/** A job for one node names it as its only pool. */
export async function checkHost(
  context: Context,
  { packetType, includedPools }: Pick<JobSpec, 'packetType' | 'includedPools'>,
  input: 'job' | 'changes',
): Promise<void> {
  if (packetType !== 'target-host' && packetType !== 'broadcast') return;
  const [host, ...others] = includedPools;
  if (host !== undefined && others.length === 0 && (await context.nodes.findName(host)) !== undefined) return;
  const given = includedPools.length === 0 ? 'empty' : includedPools.join(', ');
  throw invalidInput(
    `${input}.includedPools`,
    `must be the name of one node with packetType ${packetType}; it is ${given}`,
  );
}

/** The parent must be the root or a folder that is there. */
export async function checkParent(context: Context, parentId: number, field: string): Promise<void> {
  if (parentId === ROOT_ID) return;
  const state = await context.jobs.findState(parentId, { consistent: true });
  if (state === undefined || state.status === 'deleting') {
    throw new DispatcherError('not-found', { what: 'folder', id: parentId });
  }
  if (state.status !== 'folder') throw invalidInput(field, `must be a folder; ${parentId} is a job`);
}

/**
 * Every job that is waited for must be there and must be a job. Those that a job waits for already are not asked about:
 * one that was deleted since holds it up no more, and must not keep anybody from editing it.
 */
export async function checkDependencies(
  context: Context,
  spec: { readonly id?: number; readonly dependIds: readonly number[] },
  input: 'job' | 'changes',
  known: readonly number[] = [],
): Promise<void> {
  const added = spec.dependIds.filter((id) => !known.includes(id));
  if (added.length === 0) return;
  const states = await context.jobs.states(added, { consistent: true });
  for (const id of added) {
    if (id === spec.id) throw invalidInput(`${input}.dependIds`, `job ${id} must not wait for itself`);
    const status = states.get(id)?.status;
    if (status === undefined || status === 'deleting')
      throw new DispatcherError('not-found', { what: 'job', id });
    if (status === 'folder')
      throw invalidInput(`${input}.dependIds`, `${id} is a folder; only jobs can be waited for`);
  }
}
