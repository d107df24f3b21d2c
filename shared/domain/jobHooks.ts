/** Which hooks a template has, and which of them hear of a change of a job's state. */
import type { DispatcherHook, JobHook, Template } from '../contract/hooks.ts';
import { type JobState, jobStatuses } from '../model/job.ts';

/** Whether a template has a hook, as a function of the project or in a text that was pushed. */
export const hasHook = ({ hooks, hookNames }: Template, hook: DispatcherHook): boolean =>
  hooks?.[hook] !== undefined || (hookNames?.includes(hook) ?? false);

export const hasHooks = ({ hooks, hookNames = [] }: Template): boolean =>
  hooks !== undefined || hookNames.length > 0;

/** What must be seen of a state to know what has happened to its job. */
export type HookedState = Pick<
  JobState,
  | 'status'
  | 'paused'
  | 'generation'
  | 'version'
  | 'framesVersion'
  | 'specVersion'
  | 'importedVersion'
  | 'startedAt'
>;

/** The identity of one thing that is told of one change of a job, the same however often it is told. */
export const transitionKey = (
  { id, generation, version }: Pick<JobState, 'id' | 'generation' | 'version'>,
  told: string,
): string => `${id}:${generation}:${version}:${told}`;

/**
 * The hooks of one change, in the order in which they are told. All of it is read from one item, since the feed is in
 * order for each item alone.
 */
export function hooksOf(was: HookedState | undefined, is: HookedState): readonly JobHook[] {
  if (is.status === 'folder' || was?.status === 'folder') return [];
  // What comes out of the archive or with an import was not submitted; it begins with a later version.
  if (was === undefined) return is.version === 1 ? ['onSubmitJob'] : [];
  if (is.status === 'deleting') return was.status === 'deleting' ? [] : ['onDeleteJob'];
  return [...hooksOfEdit(was, is), ...hooksOfReinit(was, is), ...hooksOfStatus(was, is)];
}

function hooksOfEdit(was: HookedState, is: HookedState): JobHook[] {
  const isOtherwise = was.specVersion !== is.specVersion;
  if (isOtherwise)
    return is.specVersion === is.importedVersion ? [] : ['onEditJob', 'onJobPropertiesChanged'];
  return was.paused === is.paused ? [] : ['onJobPropertiesChanged'];
}

/** An edit of frames begins a generation too, with other frames; so does an import. */
const hooksOfReinit = (was: HookedState, is: HookedState): JobHook[] =>
  is.generation > was.generation && is.framesVersion === was.framesVersion ? ['onReinitJob'] : [];

function hooksOfStatus(was: HookedState, is: HookedState): JobHook[] {
  if (was.generation !== is.generation) return [];
  const hadEnded = jobStatuses[was.status].ended;
  // A job that is reopened, or has waited for a licence, goes on; it has started before.
  const hadStarted = was.status === 'in-progress' || was.startedAt !== null || hadEnded;
  if (is.status === 'in-progress' && !hadStarted) return ['onJobStart'];
  if (!jobStatuses[is.status].ended || hadEnded) return [];
  return is.status === 'failed' ? ['onJobEnd'] : ['onJobEnd', 'onJobCompleted'];
}
