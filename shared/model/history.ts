/** One ended attempt at a chunk, as kept in history: the reference's MHistoryChunk. */
import { z } from 'zod';
import { attemptOutcomes } from './chunk.ts';
import { chunkIdSchema, jobIdSchema, nodeIdSchema } from './ids.ts';
import { timeSchema } from './time.ts';

export const historyChunkSchema = z
  .strictObject({
    jobId: jobIdSchema,
    generation: z.int().min(1),
    chunkId: chunkIdSchema,
    attempt: z.int().min(1),
    nodeId: nodeIdSchema.nullable(),
    outcome: z.enum(attemptOutcomes),
    startedAt: timeSchema.nullable(),
    endedAt: timeSchema,
    exitCode: z.int().nullable(),
    message: z.string(),
    cpuSeconds: z.number().min(0),
    peakMemoryMb: z.number().min(0),
  })
  .meta({ id: 'HistoryChunk' });
export type HistoryChunk = z.infer<typeof historyChunkSchema>;
