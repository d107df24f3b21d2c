/** An import of the queue: what comes in the place of what is there, and how far it is. */
import type { ChunkItem } from './chunk.ts';
import type { JobSpec, JobState } from './job.ts';

/** A job of the text, checked. What follows from the farm that it comes to is decided there. */
export interface ImportedJob {
  readonly spec: JobSpec;
  readonly state: Pick<
    JobState,
    'status' | 'statusReason' | 'paused' | 'next' | 'counts' | 'startedAt' | 'endedAt'
  >;
  readonly chunks: readonly ImportedChunk[];
}

export type ImportedChunk = Omit<ChunkItem, 'jobId' | 'generation' | 'token' | 'endedToken' | 'version'>;

export const importPhases = [
  /** Nobody may be at work on the queue any more who has not heard of the import. */
  'settle',
  /** What is there is exported. */
  'export',
  /** Jobs of the text take the place of those that have their ids. */
  'replace',
  /** Jobs that are not in the text are deleted. */
  'clear',
  /** What was put aside for the import is removed. */
  'tidy',
  'done',
  /** It ended before anything was replaced. */
  'refused',
] as const;
export type ImportPhase = (typeof importPhases)[number];

/** A piece of work: some chunks of a job, and with the last of them the job. */
export interface ImportPlace {
  readonly part: number;
  readonly line: number;
}

/** An import as it is kept. */
export interface QueueImport {
  readonly run: string;
  readonly version: number;
  readonly phase: ImportPhase;
  readonly beganAt: string;
  /** Where the text was uploaded; null if it came with the call. */
  readonly uploadId: string | null;
  /** In the text. */
  readonly jobCount: number;
  readonly chunkCount: number;
  readonly highestId: number;
  /** Parts that the text was put aside in. */
  readonly partCount: number;
  /** Where it goes on, while it replaces. */
  readonly place: ImportPlace;
  /** Generation that the chunks of the job at {@link place} are written under, if some of them are. */
  readonly generation: number | null;
  /** Jobs of the text that are in the queue. */
  readonly doneCount: number;
  /** Id of the job up to which those that are not in the text are deleted. */
  readonly clearedUpTo: number;
  readonly endedAt: string | null;
  /** Why it was refused. */
  readonly rule: string | null;
}
