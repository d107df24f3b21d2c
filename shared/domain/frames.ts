/** Frame numbers: listed, as text, and in file names. */

import type { JobSpec } from '../model/job.ts';
import { sliceName } from './imageSlices.ts';
import type { FieldViolation } from './templateFields.ts';

/**
 * A frame number as text, rounded to a millionth: steps may be fractions, and a sum of them must not end up as
 * `0.30000000000000004` in a file name.
 */
export function frameText(frame: number): string {
  return String(Number(frame.toFixed(6)));
}

/**
 * The frames from start to end, the end included where the step meets it. A thousandth of a step is forgiven, since start
 * and end come rounded.
 */
export function framesOf(start: number, end: number, by: number): number[] {
  const count = Math.floor((end - start) / by + 1e-3) + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, index) => start + index * by);
}

/**
 * What is wrong with a file pattern, undefined if nothing is. The place of the frame is one run of `#` in the file's
 * name; without it each frame would replace the one before.
 */
export function patternProblem(pattern: string): string | undefined {
  if (!/\.png$/i.test(pattern)) return 'must end in .png';
  return frameRunProblem(pattern);
}

/** What is wrong with a file pattern whatever the files' format, undefined if nothing is. */
export function frameRunProblem(pattern: string): string | undefined {
  const { folder, name } = splitPath(pattern);
  if (folder.includes('#') || name.match(/#+/g)?.length !== 1) {
    return 'must have one run of # in the file name, which becomes the frame number';
  }
  return undefined;
}

/** A sound file pattern cut at its run of `#`, for programs that number their files themselves. */
export function splitPattern(pattern: string): { before: string; digits: number; after: string } {
  const [run = ''] = /#+/.exec(pattern) ?? [];
  const at = pattern.indexOf(run);
  return { before: pattern.slice(0, at), digits: run.length, after: pattern.slice(at + run.length) };
}

/** Breaches by a job's frames where a program counts in whole numbers from 0. */
export function wholeFrameViolations(
  job: Pick<JobSpec, 'startFrame' | 'endFrame' | 'byFrame'>,
): FieldViolation[] {
  const violations: FieldViolation[] = [];
  if (!Number.isInteger(job.startFrame) || job.startFrame < 0) {
    violations.push({ field: 'startFrame', rule: 'must be a whole number from 0 on' });
  }
  for (const field of ['endFrame', 'byFrame'] as const) {
    if (!Number.isInteger(job[field])) violations.push({ field, rule: 'must be a whole number' });
  }
  return violations;
}

/**
 * The file of one frame: `beauty.####.png` and frame 7 give `beauty.0007.png`, frame -7 `beauty.-0007.png`, frame 7.5
 * `beauty.0007.5.png`. A frame with more digits than the run of `#` keeps them all.
 */
export function frameFile(pattern: string, frame: number, slice?: { index: number; count: number }): string {
  const text = frameText(frame);
  const [whole = '', fraction] = text.replace('-', '').split('.');
  const { folder, name } = splitPath(pattern);
  const file = name.replace(/#+/, (run) => {
    const digits = whole.padStart(run.length, '0');
    return `${text.startsWith('-') ? '-' : ''}${digits}${fraction === undefined ? '' : `.${fraction}`}`;
  });
  return folder + (slice === undefined ? file : slicePattern(file, slice));
}

/** `beauty.####.slice03.png`: the file of a slice, or the pattern of those of all frames. */
export const slicePattern = (file: string, slice: { index: number; count: number }): string =>
  file.replace(/(?=\.png$)/i, `.${sliceName(slice)}`);

/** Splits at the last separator of either platform: a path is written on one machine and used on another. */
export function splitPath(path: string): { folder: string; name: string } {
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  return { folder: path.slice(0, end), name: path.slice(end) };
}
