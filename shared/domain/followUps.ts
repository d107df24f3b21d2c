/** Jobs that the dispatcher submits when another has ended: its movie, and the action behind it. */
import type { Template } from '../contract/hooks.ts';
import {
  type JobSpec,
  type JobState,
  type JobSubmission,
  jobStatuses,
  jobSubmissionSchema,
} from '../model/job.ts';
import { frameCount } from './chunking.ts';
import { outputPattern } from './frameCheck.ts';
import { jobVariables } from './jobVariables.ts';
import { type FieldViolation, templateViolations } from './templateFields.ts';

/** FFmpeg, as in the reference. */
export const MOVIE_TEMPLATE = 48;
/** The template that runs the command line behind a job. */
export const AFTER_JOB_TEMPLATE = 911;

type Frames = Omit<JobSubmission, 'paused'>;

export const hasFollowUps = ({ movie, actions }: Pick<JobSpec, 'movie' | 'actions'>): boolean =>
  movie !== null || (actions?.afterJob ?? null) !== null;

/** What a change of a job's state is followed by: nothing, or what comes after its end. */
export function followUpsOf(
  was: JobState | undefined,
  is: JobState,
): { readonly isCompleted: boolean } | undefined {
  if (!is.hasFollowUps || was === undefined || was.generation !== is.generation) return undefined;
  if (!jobStatuses[is.status].ended || jobStatuses[was.status].ended) return undefined;
  return { isCompleted: is.status !== 'failed' };
}

/** The job that assembles the frames of another; undefined for one without a movie, or whose files nobody knows. */
export function movieJob(template: Template, job: Frames): JobSubmission | undefined {
  const pattern = outputPattern(template, job);
  if (job.movie === null || pattern === undefined) return undefined;
  const { output, frameRate, codec, quality, pixelFormat, flags } = job.movie;
  const given = {
    input: pattern,
    output,
    frame_rate: frameRate,
    codec,
    quality,
    pixel_format: pixelFormat,
    ADD_FLAGS: flags,
  };
  return jobSubmissionSchema().parse({
    ...inherited(job),
    name: `${job.name.slice(0, 240)}, movie`,
    templateId: MOVIE_TEMPLATE,
    startFrame: job.startFrame,
    endFrame: job.endFrame,
    byFrame: job.byFrame,
    packetSize: frameCount(job),
    attributes: Object.fromEntries(
      Object.entries(given).flatMap(([name, value]) =>
        value === null ? [] : [[name, { value, subst: typeof value === 'string' }]],
      ),
    ),
  });
}

/** The job that runs the action behind another, with that one's environment and variables. */
export function afterJob(spec: JobSpec, state: JobState): JobSubmission | undefined {
  const action = spec.actions?.afterJob ?? null;
  if (action === null) return undefined;
  const submission = jobSubmissionSchema().parse({
    ...inherited(spec),
    name: `${spec.name.slice(0, 240)}, after job`,
    templateId: AFTER_JOB_TEMPLATE,
    chunkTimeoutSeconds: action.timeoutSeconds,
    exitCodesErrorCheckType: action.checksExitCode ? 'full' : 'skip',
    attributes: { job: { value: spec.id }, command: { value: action.command, subst: true } },
  });
  return {
    ...submission,
    environment: {
      ...jobVariables(spec),
      MUSTER_STATUS: String(jobStatuses[state.status].legacy),
      ...spec.environment,
    },
  };
}

/** What keeps the movie of a job from being made; undefined if nothing does. */
export function movieViolation(
  template: Template,
  ffmpeg: Template,
  job: Frames,
): FieldViolation | undefined {
  if (job.movie === null) return undefined;
  if (job.packetType === 'image-slices') {
    return { field: 'packetType', rule: 'must be multiframe with a movie: slices are no whole frames' };
  }
  const movie = movieJob(template, job);
  if (movie === undefined) {
    return {
      field: 'outputFiles',
      rule: `must be given for a movie: the template ${template.name} does not know them`,
    };
  }
  const [violation] = templateViolations(ffmpeg, movie);
  return violation && { field: fields[violation.field] ?? violation.field, rule: violation.rule };
}

/** Where a job says what its movie's fields say. */
const fields: Readonly<Record<string, string>> = {
  input: 'outputFiles',
  output: 'movie.output',
  frame_rate: 'movie.frameRate',
  codec: 'movie.codec',
  quality: 'movie.quality',
  pixel_format: 'movie.pixelFormat',
  ADD_FLAGS: 'movie.flags',
};

/** A follow-up is in the same place of the tree, as urgent, and runs on nodes that its job may run on. */
const inherited = (job: Frames) => ({
  parentId: job.parentId,
  priority: job.priority,
  emergencyQueue: job.emergencyQueue,
  platform: job.platform,
  includedPools: job.includedPools,
  excludedPools: job.excludedPools,
  department: job.department,
  project: job.project,
  sequence: job.sequence,
  shot: job.shot,
  camera: job.camera,
});
