/** Settings of the farm. Kept as one item; every field has a default, so an empty farm runs. */
import * as z from 'zod/mini';
import { boundedInt } from './bounded.ts';
import { described } from './described.ts';
import { onDemand } from './onDemand.ts';

const configurationSchema = onDemand(() =>
  z.strictObject({
    engineRunning: described(z._default(z.boolean(), true), 'Whether chunks are handed out.'),
    busyLeaseSeconds: described(z._default(boundedInt(3, 3_600), 90), 'Lease of a node that works.'),
    busyHeartbeatSeconds: described(z._default(boundedInt(1, 1_200), 30), 'Heartbeat of a node that works.'),
    idleLeaseSeconds: described(z._default(boundedInt(10, 86_400), 900), 'Lease of an idle node.'),
    idleHeartbeatSeconds: described(z._default(boundedInt(1, 3_600), 300), 'Heartbeat of an idle node.'),
    acceptSeconds: described(z._default(boundedInt(5, 300), 30), 'Time for a node to accept a pushed chunk.'),
    chunkTimeoutSeconds: described(z._default(boundedInt(0, 31_536_000), 0), 'Limit of a chunk; 0 is none.'),
    maximumChunksRequeue: described(
      z._default(boundedInt(0, 1_000), 3),
      'How often a failed or lost chunk is tried again.',
    ),
    failuresExcludeJob: described(
      z._default(boundedInt(0, 1_000), 3),
      "Failures of one job's chunks in a row that exclude a node from the job; 0 never does.",
    ),
    jobsExcludeTemplate: described(
      z._default(boundedInt(0, 1_000), 3),
      'Different jobs of a template that fail in a row and exclude a node from the template; 0 never does.',
    ),
    historyDays: described(z._default(boundedInt(1, 3_650), 90), 'Days that attempts are kept.'),
  }),
);
export type Configuration = z.infer<ReturnType<typeof configurationSchema>>;

/** The settings that a farm has, from those that it has kept. */
export const readConfiguration = (kept: unknown): Configuration => configurationSchema().parse(kept);

/** The settings of a new farm. */
export const defaultConfiguration = (): Configuration => readConfiguration({});
