/** Which files a chunk has to leave behind, and which jobs can have them checked and shown. */
import type { Template } from '../contract/hooks.ts';
import type { Packet } from '../model/chunk.ts';
import { checkedFormats, MAXIMUM_CHECKED_FRAMES } from '../model/frameCheck.ts';
import type { JobSpec, JobSubmission } from '../model/job.ts';
import { frameFile, framesOf, splitPath } from './frames.ts';
import type { FieldViolation } from './templateFields.ts';

type Job = Pick<JobSpec, 'attributes' | 'outputFiles' | 'packetType' | 'imageSlices'>;

/** The job's own pattern, else what its template knows; undefined if neither says one. */
export function outputPattern(template: Template, job: Job, slice = 0): string | undefined {
  if (job.outputFiles !== null) return job.outputFiles.trim();
  const isSliced = job.packetType === 'image-slices';
  return template.outputPattern?.(job, isSliced ? { index: slice, count: job.imageSlices } : undefined);
}

/** The files of a packet, each once: without a run of `#` all of its frames are in one file, a movie for instance. */
export function filesOf(pattern: string, { startFrame, endFrame, byFrame }: Packet): readonly string[] {
  const files = framesOf(startFrame, endFrame, byFrame).map((frame) => frameFile(pattern, frame));
  return [...new Set(files)];
}

/** What keeps the files of a job from being checked and shown as it wants; undefined if nothing does. */
export function frameCheckViolation(
  template: Template,
  job: Omit<JobSubmission, 'paused'>,
): FieldViolation | undefined {
  if (job.outputFiles !== null) {
    const { folder, name } = splitPath(job.outputFiles.trim());
    if (name === '' || folder.includes('#') || (name.match(/#+/g)?.length ?? 0) > 1) {
      return {
        field: 'outputFiles',
        rule: 'must name a file, with at most one run of # in its name, which becomes the frame number',
      };
    }
    if (job.packetType === 'image-slices') {
      return {
        field: 'outputFiles',
        rule: 'must be null with image slices: only the template knows the file of a slice',
      };
    }
  }
  const { frameCheck, thumbnails } = job;
  if (frameCheck === null && !thumbnails) return undefined;
  const pattern = outputPattern(template, job);
  if (pattern === undefined) {
    const what = frameCheck === null ? 'thumbnails' : 'a frame check';
    return {
      field: 'outputFiles',
      rule: `must be given for ${what}: the template ${template.name} does not know them`,
    };
  }
  if (frameCheck === null) return undefined;
  if (job.packetType !== 'image-slices' && job.packetSize > MAXIMUM_CHECKED_FRAMES) {
    return { field: 'packetSize', rule: `must be at most ${MAXIMUM_CHECKED_FRAMES} with a frame check` };
  }
  const { minimumBytes, maximumBytes, decodes, width, height } = frameCheck;
  if (maximumBytes !== null && maximumBytes < minimumBytes) {
    return {
      field: 'frameCheck.maximumBytes',
      rule: `must be at least minimumBytes ${minimumBytes}; it is ${maximumBytes}`,
    };
  }
  const extension = /\.([^.]*)$/.exec(pattern)?.[1]?.toLowerCase() ?? '';
  const wanted = decodes ? 'decodes' : width !== null ? 'width' : height !== null ? 'height' : undefined;
  if (wanted !== undefined && checkedFormats[extension] === undefined) {
    return {
      field: `frameCheck.${wanted}`,
      rule: `must be ${decodes ? 'false' : 'null'} for ${pattern}: only ${Object.keys(checkedFormats).join(', ')} can be read`,
    };
  }
  return undefined;
}
