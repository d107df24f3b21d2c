/** What a template in TypeScript is written with: the types of its hooks, and of a script for the dispatcher. */
import type { Client } from './client.ts';
import type { Chunk, Job } from './generated.ts';

/** What every hook is given. */
export interface HookCall {
  /** The same each time the hook runs for one transition: what must not happen twice, do once under this key. */
  readonly key: string;
  /** How many hooks led here: 0 unless a hook submitted the job. */
  readonly depth: number;
}

export interface JobHookCall extends HookCall {
  /** The job as it is when the hook runs. */
  readonly job: Job;
}

/** What every hook has at hand. */
export interface HookTools {
  /** The whole API of the dispatcher, as the hook. Its token dies with the hook. */
  readonly client: Client;
}

/** Nothing is a good answer. An error refuses what was asked; of a hook that is told something it is a failure. */
export type HookResult = undefined | { readonly error: string };

type Hook<Call, Result = HookResult> = (
  call: Call,
  tools: HookTools,
) => Result | void | Promise<Result> | Promise<void>;

/** The hooks of a template, all of them optional: `export const hooks: DispatcherHooks = { … }`. */
export interface DispatcherHooks {
  /** The user whose name the job's processes get; nothing leaves it as it is. */
  readonly onDispatcherOverrideImpersonationUser?: Hook<
    JobHookCall & { readonly user: string },
    HookResult | { readonly user: string }
  >;
  /** Whether a job may be submitted. */
  readonly onValidateJobSubmission?: Hook<JobHookCall>;
  readonly onDeleteJob?: Hook<JobHookCall>;
  readonly onSubmitJob?: Hook<JobHookCall>;
  readonly onReinitJob?: Hook<JobHookCall>;
  readonly onEditJob?: Hook<JobHookCall>;
  readonly onJobPropertiesChanged?: Hook<JobHookCall>;
  readonly onJobCompleted?: Hook<JobHookCall>;
  /** Whether the job may start. */
  readonly onValidateJobDependancies?: Hook<JobHookCall>;
  /** Whether the chunk may start. */
  readonly onValidateChunkDependancies?: Hook<JobHookCall & { readonly chunk: Chunk }>;
  readonly onJobStart?: Hook<JobHookCall>;
  readonly onJobEnd?: Hook<JobHookCall>;
  /** Each minute. */
  readonly onDispatcherIdling?: Hook<HookCall>;
}

/** A script for the dispatcher: `const script: DispatcherScript = async ({ client }) => { … }; export default script;` */
export type DispatcherScript = (tools: HookTools) => void | Promise<void>;
