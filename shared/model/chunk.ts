/** A chunk: the packet of frames that one node renders in one go. */
import { z } from 'zod';
import { chunkIdSchema, jobIdSchema, nodeIdSchema } from './ids.ts';
import { timeSchema } from './time.ts';

/** Status of a chunk. `legacy` is the number that clients of the reference see. */
export const chunkStatuses = {
  /**
   * Waits for the chunks that it depends on. Only jobs that follow their parents chunk by chunk have them, and
   * only as computed, never stored; the projector puts the chunk into the queue when its parents are done.
   */
  waiting: { legacy: 6, ended: false },
  /** Waits for a node; computed until it is touched. A claim moves it out. */
  queued: { legacy: 1, ended: false },
  /** A node holds it under a token. Its report, a lapsed lease, a kill or a command moves it out. */
  running: { legacy: 2, ended: false },
  completed: { legacy: 3, ended: true },
  /** Completed with warnings. */
  warning: { legacy: 4, ended: true },
  /** Failed, and not tried again by itself. A command moves it out. */
  failed: { legacy: 5, ended: true },
} as const;
export type ChunkStatus = keyof typeof chunkStatuses;
export const chunkStatusNames = Object.keys(chunkStatuses) as ChunkStatus[];
export const chunkStatusSchema = z.enum(chunkStatusNames as [ChunkStatus, ...ChunkStatus[]]);

/** How an attempt at a chunk ended. */
export const attemptOutcomes = [
  'completed',
  'warning',
  'failed',
  /** The chunk's time limit passed. Counts as a failure. */
  'timed-out',
  /** The node left or was told to stop: back into the queue, no penalty. */
  'interrupted',
  /** The lease lapsed. */
  'lost',
  /** Set by hand while it ran. */
  'overridden',
] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** The frames of a chunk: from, to (never beyond the job's end), step; and the slice with image slicing. */
export const packetSchema = z.strictObject({
  startFrame: z.number(),
  endFrame: z.number(),
  byFrame: z.number(),
  frameCount: z.int().min(1),
  /** Slice of the frame, from 0; 0 without image slicing. */
  slice: z.int().min(0),
});
export type Packet = z.infer<typeof packetSchema>;

export const chunkSchema = z
  .strictObject({
    jobId: jobIdSchema,
    chunkId: chunkIdSchema,
    status: chunkStatusSchema,
    ...packetSchema.shape,
    nodeId: nodeIdSchema.nullable().describe('Node that runs it, or ran it last.'),
    attempt: z.int().min(0).describe('Attempts begun in this generation.'),
    requeueCount: z.int().min(0).describe('Attempts that failed or were lost.'),
    progress: z
      .number()
      .min(0)
      .max(1)
      .describe('Progress of a running chunk, 0-1, as of the last heartbeat.'),
    startedAt: timeSchema.nullable(),
    endedAt: timeSchema.nullable(),
    exitCode: z.int().nullable(),
    message: z.string().describe('What its node or the dispatcher said about the last attempt.'),
  })
  .meta({ id: 'Chunk' });
export type Chunk = z.infer<typeof chunkSchema>;

/** A chunk as it is kept, once it was touched. */
export interface ChunkItem {
  readonly jobId: number;
  readonly generation: number;
  readonly index: number;
  readonly status: Exclude<ChunkStatus, 'waiting'>;
  readonly nodeId: number | null;
  readonly attempt: number;
  readonly requeueCount: number;
  /** Only while running. */
  readonly token: string | null;
  /** Token of the attempt that ended last. */
  readonly endedToken: string | null;
  readonly outcome: AttemptOutcome | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly exitCode: number | null;
  readonly message: string;
  /** CPU seconds and peak memory of the attempt that ended last. */
  readonly cpuSeconds: number;
  readonly peakMemoryMb: number;
  readonly version: number;
}
