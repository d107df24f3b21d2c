/** A chunk: the packet of frames that one node renders in one go. */
import * as z from 'zod/mini';
import { boundedInt, boundedNumber } from './bounded.ts';
import { described } from './described.ts';
import { chunkIdSchema, jobIdSchema, nodeIdSchema } from './ids.ts';
import { onDemand } from './onDemand.ts';
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
export const chunkStatusSchema = onDemand(() => z.enum(chunkStatusNames));

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
export const packetSchema = onDemand(() =>
  z.strictObject({
    startFrame: z.number(),
    endFrame: z.number(),
    byFrame: z.number(),
    frameCount: boundedInt(1),
    /** Slice of the frame, from 0; 0 without image slicing. */
    slice: boundedInt(0),
  }),
);
export type Packet = z.infer<ReturnType<typeof packetSchema>>;

export const chunkSchema = onDemand(() =>
  z
    .strictObject({
      jobId: jobIdSchema(),
      chunkId: chunkIdSchema(),
      status: chunkStatusSchema(),
      ...packetSchema().shape,
      nodeId: described(z.nullable(nodeIdSchema()), 'Node that runs it, or ran it last.'),
      attempt: described(boundedInt(0), 'Attempts begun in this generation.'),
      requeueCount: described(boundedInt(0), 'Attempts that failed or were lost.'),
      progress: described(boundedNumber(0, 1), 'Progress of a running chunk, 0-1, as of the last heartbeat.'),
      startedAt: z.nullable(timeSchema()),
      endedAt: z.nullable(timeSchema()),
      exitCode: z.nullable(z.int()),
      message: described(z.string(), 'What its node or the dispatcher said about the last attempt.'),
    })
    .register(z.globalRegistry, { id: 'Chunk' }),
);
export type Chunk = z.infer<ReturnType<typeof chunkSchema>>;

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
