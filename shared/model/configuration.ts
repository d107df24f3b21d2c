/** Settings of the farm. Kept as one item; every field has a default, so an empty farm runs. */
import { z } from 'zod';

/** Made when settings are read: every function has the store of them, and half of them start without a look at it. */
const configurationSchema = () =>
  z.strictObject({
    engineRunning: z.boolean().default(true).describe('Whether chunks are handed out.'),
    busyLeaseSeconds: z.int().min(3).max(3_600).default(90).describe('Lease of a node that works.'),
    busyHeartbeatSeconds: z.int().min(1).max(1_200).default(30).describe('Heartbeat of a node that works.'),
    idleLeaseSeconds: z.int().min(10).max(86_400).default(900).describe('Lease of an idle node.'),
    idleHeartbeatSeconds: z.int().min(1).max(3_600).default(300).describe('Heartbeat of an idle node.'),
    acceptSeconds: z.int().min(5).max(300).default(30).describe('Time for a node to accept a pushed chunk.'),
    chunkTimeoutSeconds: z.int().min(0).max(31_536_000).default(0).describe('Limit of a chunk; 0 is none.'),
    maximumChunksRequeue: z
      .int()
      .min(0)
      .max(1_000)
      .default(3)
      .describe('How often a failed or lost chunk is tried again.'),
    failuresExcludeJob: z
      .int()
      .min(0)
      .max(1_000)
      .default(3)
      .describe("Failures of one job's chunks in a row that exclude a node from the job; 0 never does."),
    jobsExcludeTemplate: z
      .int()
      .min(0)
      .max(1_000)
      .default(3)
      .describe(
        'Different jobs of a template that fail in a row and exclude a node from the template; 0 never does.',
      ),
    historyDays: z.int().min(1).max(3_650).default(90).describe('Days that attempts are kept.'),
  });
export type Configuration = z.infer<ReturnType<typeof configurationSchema>>;

/** The settings that a farm has, from those that it has kept. */
export const readConfiguration = (kept: unknown): Configuration => configurationSchema().parse(kept);

/** The settings of a new farm. */
export const defaultConfiguration = readConfiguration({});
