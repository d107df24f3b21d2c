import type { JobSpec } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';
import { untouchedState } from './newJobState.ts';

/** Writes a folder, unless it is there. */
export async function createFolder(context: Context, spec: JobSpec): Promise<void> {
  await context.jobs.createSpec(spec);
  await context.jobs.createState({
    ...untouchedState(spec, false),
    status: 'folder',
    statusReason: 'is a folder',
    paused: false,
    generation: 1,
    version: 1,
    generationSince: spec.submittedAt,
    sweptGeneration: 0,
  });
}
