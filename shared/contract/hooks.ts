/** The extension points: what a template tells the dispatcher about one render engine. */

import type { Chunk, Packet } from '../model/chunk.ts';
import type { DispatcherHook } from '../model/dispatcherHook.ts';
import type { Job, JobSpec, JobSubmission, TemplateNeeds } from '../model/job.ts';
import type { JobDefaults } from '../model/jobDefaults.ts';
import type { NodeItem } from '../model/node.ts';
import type { OutputChecks } from '../model/outputChecks.ts';
import type { PythonTemplate } from '../model/pythonTemplate.ts';
import type { TemplateEdition } from '../model/template.ts';

export type { DispatcherHook } from '../model/dispatcherHook.ts';

/** A field that a template reads from a job's attributes. */
export interface TemplateField {
  /** Name of the attribute. */
  readonly name: string;
  readonly label: string;
  readonly kind: 'string' | 'file' | 'folder' | 'integer' | 'number' | 'boolean';
  readonly required: boolean;
  /** Taken when the job does not have the attribute. */
  readonly default?: string | number;
}

/** Program and arguments of one chunk; run as they are, never by a shell. */
export interface CommandLine {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly startingFolder?: string;
  /** Starts in the folder of this job's program, where that has one. */
  readonly startsLike?: number;
  /** Words hold inline Python: about the job itself or another, and about its chunk or no chunk. */
  readonly inlinePython?: { readonly jobId?: number; readonly isOfChunk: boolean };
}

/** Hooks that are told of a job's transitions. They run from a queue, at least once for each transition. */
export const jobHooks = [
  'onSubmitJob',
  'onEditJob',
  'onJobPropertiesChanged',
  'onReinitJob',
  'onJobStart',
  'onJobEnd',
  'onJobCompleted',
  'onDeleteJob',
] as const satisfies readonly DispatcherHook[];
export type JobHook = (typeof jobHooks)[number];

/** What a hook is given. */
export interface HookCall<H extends DispatcherHook = DispatcherHook> {
  readonly hook: H;
  /** The same each time that the hook runs for one transition: what it does twice, it does once under this key. */
  readonly key: string;
  /** The job as it was at the transition or is when it is asked about; what was submitted is as it is now. */
  readonly job: H extends 'onDispatcherIdling' ? null : Job;
  readonly chunk: H extends 'onValidateChunkDependancies' ? Chunk : null;
  /** Who asks. */
  readonly user: H extends 'onDispatcherOverrideImpersonationUser' ? string : null;
  /** How many hooks led here: 0 unless a hook submitted the job, or calls what asks this one. */
  readonly depth: number;
}

/** What a hook gives back; of those that are told something only an error matters. */
export type HookAnswer =
  | { readonly kind: 'ok'; readonly user?: string }
  | { readonly kind: 'error'; readonly message: string };

/** Functions of a template of the project by hook; no answer is a good one. */
export type HookFunctions = {
  readonly [H in DispatcherHook]?: (call: HookCall<H>) => Promise<HookAnswer> | Promise<void>;
};

/** Where the hooks of a pushed template are: its text is a blob under its hash. */
export interface HookSource {
  readonly language: 'python' | 'typescript';
  readonly file: string;
  readonly sha256: string;
  readonly edition: number;
}

/** Where templates come from. */
export interface TemplateSource {
  /** Those that come with the project. */
  readonly templates: readonly Template[];
  /** Makes one of what was pushed. */
  readonly pushedTemplate: (edition: TemplateEdition) => Template;
}

/** Keeps starts of programs apart, for what they all ask at their start, such as a licence server. */
export interface StartDelay {
  readonly group: string;
  readonly seconds: number;
}

/** One render engine. Its functions are pure, same arguments, same answer; its hooks are not. */
export interface Template {
  /** Number as in the reference, 1-65535; those of the reference's own templates keep theirs. */
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly fields: readonly TemplateField[];
  readonly checks: Omit<OutputChecks, 'checksExitCode'>;
  /** Farm-wide limits that a chunk holds while it runs, such as licences: name and how many there are. */
  readonly limits: readonly { readonly name: string; readonly maximum: number }[];
  /** Programs of one delay group start so far apart on the whole farm. */
  readonly startDelay?: StartDelay;
  /** What its jobs have where their submission says nothing. */
  readonly jobDefaults?: JobDefaults;
  /**
   * What kind and required of the fields cannot say, asked at submission and at each edit: names the field of each
   * breach and the rule that it breaks. Throws nothing, also when fields have the wrong kind. Default: no breach.
   */
  validate?(job: Omit<JobSubmission, 'paused'>): readonly { readonly field: string; readonly rule: string }[];
  /** Files that the job writes, or one slice of each, with a run of `#` for the frame. Undefined where that is not known. */
  outputPattern?(
    job: Pick<JobSpec, 'attributes'>,
    slice?: { readonly index: number; readonly count: number },
  ): string | undefined;
  /** The command of one chunk on one node. Throws nothing: what could be wrong was refused at submission. */
  buildCommand(job: JobSpec, packet: Packet, node: Pick<NodeItem, 'platform' | 'name' | 'host'>): CommandLine;
  /** Of a template whose functions are Python and run on the node: its file, and which functions it has. */
  readonly python?: Pick<PythonTemplate, 'name' | 'file' | 'sha256' | 'hooks'> & { readonly edition: number };
  /** Taken by jobs for any platform, where the template runs on one only. */
  readonly onlyPlatform?: Exclude<JobSpec['platform'], 'any'>;
  /** What nodes must be and have. Default: nothing. */
  readonly needs?: TemplateNeeds;
  /** Hooks that come with the project. One that throws is run again, five times at most. */
  readonly hooks?: HookFunctions;
  /** Hooks of a pushed template, and where they are. */
  readonly hookNames?: readonly DispatcherHook[];
  readonly hookSource?: HookSource;
}
