/** One ended attempt at a chunk, as kept in history: the reference's MHistoryChunk. */
import * as z from 'zod/mini';
import { boundedInt, boundedNumber } from './bounded.ts';
import { attemptOutcomes } from './chunk.ts';
import { chunkIdSchema, jobIdSchema, nodeIdSchema } from './ids.ts';
import { onDemand } from './onDemand.ts';
import { timeSchema } from './time.ts';

export const historyChunkSchema = onDemand(() =>
  z
    .strictObject({
      jobId: jobIdSchema(),
      generation: boundedInt(1),
      chunkId: chunkIdSchema(),
      attempt: boundedInt(1),
      nodeId: z.nullable(nodeIdSchema()),
      outcome: z.enum(attemptOutcomes),
      startedAt: z.nullable(timeSchema()),
      endedAt: timeSchema(),
      exitCode: z.nullable(z.int()),
      message: z.string(),
      cpuSeconds: boundedNumber(0),
      peakMemoryMb: boundedNumber(0),
    })
    .register(z.globalRegistry, { id: 'HistoryChunk' }),
);
export type HistoryChunk = z.infer<ReturnType<typeof historyChunkSchema>>;
