/** What the templates of other people's renderers ask of a job in the same way. */
import type { TemplateField } from '../contract/hooks.ts';
import type { JobSpec, JobSubmission } from '../model/job.ts';
import { splitWords } from './commandLine.ts';
import { type FieldViolation, findNumber, findText } from './templateFields.ts';

type Job = Omit<JobSubmission, 'paused'>;

/** The scene, under the reference's name for it. */
export const sceneFile: TemplateField = {
  name: 'job_file',
  label: 'Scene file',
  kind: 'file',
  required: true,
};

/** Not in the reference, which has a folder (`output_folder`) and leaves the file names to each renderer. */
export const outputFiles: TemplateField = {
  name: 'output',
  label: 'Output files, #### for the frame',
  kind: 'file',
  required: true,
};

/** The reference's attribute for options that the template has no field for. */
export const moreFlags: TemplateField = {
  name: 'ADD_FLAGS',
  label: 'Additional flags',
  kind: 'string',
  required: false,
};

/** Leaves room for the words of the template itself among those of a work order. */
const maximumFlags = 512;
/** A path may grow twofold when it is escaped and must then still fit into a work order. */
const maximumPathLength = 4_096;

/** The flags as words; none where {@link flagsProblem} has a complaint. */
export function flagsOf(job: Pick<JobSpec, 'attributes'>): readonly string[] {
  const split = splitWords(findText(moreFlags, job) ?? '');
  return 'words' in split ? split.words : [];
}

export function flagsProblem(job: Job): string | undefined {
  const split = splitWords(findText(moreFlags, job) ?? '');
  if ('rule' in split) return split.rule;
  if (split.words.length > maximumFlags) return `must have at most ${maximumFlags} words`;
  // JSON can spell a character that no process takes, though the attribute itself does not hold it.
  return split.words.some((word) => word.includes('\0')) ? 'must not contain a null character' : undefined;
}

/** A file or folder without blanks around it, which come from copying; empty when the field is absent. */
export function pathOf(field: TemplateField, job: Pick<JobSpec, 'attributes'>): string {
  return findText(field, job)?.trim() ?? '';
}

/** The first rule that a path breaks, if the job has one: its length, then those of the template. */
export function pathViolations(
  field: TemplateField,
  job: Job,
  ...rules: readonly ((path: string) => string | undefined)[]
): FieldViolation[] {
  const path = pathOf(field, job);
  if (path === '') return [];
  const isShort = (text: string): string | undefined =>
    text.length > maximumPathLength ? `must have at most ${maximumPathLength} characters` : undefined;
  for (const rule of [isShort, ...rules]) {
    const problem = rule(path);
    if (problem !== undefined) return [{ field: field.name, rule: problem }];
  }
  return [];
}

/** Breaches by numbers that are there but out of their range. */
export function rangeViolations(
  job: Job,
  ranges: readonly (readonly [field: TemplateField, minimum: number, maximum: number])[],
): FieldViolation[] {
  return ranges.flatMap(([field, minimum, maximum]) => {
    const value = findNumber(field, job);
    if (value === undefined || (value >= minimum && value <= maximum)) return [];
    return [{ field: field.name, rule: `must be from ${minimum} to ${maximum}` }];
  });
}

/** For options whose value is a word of its own, which must not be taken for the next option. */
export const dashProblem = (text: string): string | undefined =>
  text.startsWith('-') ? 'must not begin with -' : undefined;
