/** The extension points: what a template tells the dispatcher about one render engine. */

import type { Packet } from '../model/chunk.ts';
import type { Job, JobSpec, JobSubmission } from '../model/job.ts';
import type { NodeItem } from '../model/node.ts';
import type { OutputChecks } from '../model/outputChecks.ts';
import type { PythonTemplate } from '../model/pythonTemplate.ts';
import type { TemplateEdition } from '../model/template.ts';

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
}

/** Hooks that are told of a job's transitions. They run from a queue, at least once for each transition. */
export const jobHooks = ['onJobStart', 'onJobEnd', 'onJobCompleted'] as const;
export type JobHook = (typeof jobHooks)[number];

/** What a hook is told. */
export interface JobTransition {
  /** The job as it is when the hook runs; it may have gone on since. */
  readonly job: Job;
  /** The same each time that the hook runs for one transition: what it does twice, it does once under this key. */
  readonly key: string;
}

/** Where templates come from. */
export interface TemplateSource {
  /** Those that come with the project. */
  readonly templates: readonly Template[];
  /** Makes one of what was pushed. */
  readonly pushedTemplate: (edition: TemplateEdition) => Template;
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
  /**
   * `onJobStart`: a node has taken the first chunk. `onJobEnd`: the last chunk has ended, however. `onJobCompleted`:
   * it has, and none failed. A hook that throws is run again, five times at most.
   */
  readonly hooks?: { readonly [H in JobHook]?: (transition: JobTransition) => Promise<void> };
}
