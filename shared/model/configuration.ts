/** Settings of the farm. Kept as one item; every field has a default, so an empty farm runs. */
import * as z from 'zod/mini';
import { boundedInt } from './bounded.ts';
import { described } from './described.ts';
import { onDemand } from './onDemand.ts';

export const configurationSchema = onDemand(() =>
  z.strictObject({
    engineRunning: described(z.boolean(), 'Whether chunks are handed out.'),
    busyLeaseSeconds: described(boundedInt(3, 3_600), 'Lease of a node that works.'),
    busyHeartbeatSeconds: described(boundedInt(1, 1_200), 'Heartbeat of a node that works.'),
    idleLeaseSeconds: described(boundedInt(10, 86_400), 'Lease of an idle node.'),
    idleHeartbeatSeconds: described(boundedInt(1, 3_600), 'Heartbeat of an idle node.'),
    acceptSeconds: described(boundedInt(5, 300), 'Time for a node to accept a pushed chunk.'),
    chunkTimeoutSeconds: described(boundedInt(0, 31_536_000), 'Limit of a chunk; 0 is none.'),
    maximumChunksRequeue: described(boundedInt(0, 1_000), 'How often a failed or lost chunk is tried again.'),
    failuresExcludeJob: described(
      boundedInt(0, 1_000),
      "Failures of one job's chunks in a row that exclude a node from the job; 0 never does.",
    ),
    jobsExcludeTemplate: described(
      boundedInt(0, 1_000),
      'Different jobs of a template that fail in a row and exclude a node from the template; 0 never does.',
    ),
    historyDays: described(boundedInt(1, 3_650), 'Days that attempts are kept.'),
    logDays: described(boundedInt(1, 3_650), 'Days that lines of the activity and action logs are kept.'),
    exportsJobVariables: described(
      z.boolean(),
      'Whether every render process is given the variables MUSTER_… of its job; those of templates in Python always are.',
    ),
    hookSeconds: described(boundedInt(1, 10), 'Time for a hook that somebody waits for.'),
    failedHooksPass: described(
      z.boolean(),
      'Whether a job is submitted although a hook that should have been asked gave no answer.',
    ),
  }),
);
export type Configuration = z.infer<ReturnType<typeof configurationSchema>>;

/** The settings as they are kept and count. */
export interface EffectiveConfiguration extends Configuration {
  /** Soft restarts so far: a node that sees another number registers again. */
  readonly revision: number;
  /** Run of the import that replaces the queue; null while none does. */
  readonly importing: string | null;
  /** Pushed templates that may have hooks: who follows jobs asks about no others. */
  readonly hookTemplates: readonly number[];
}

/** The settings of a new farm. */
export const defaultConfiguration = (): EffectiveConfiguration => ({
  engineRunning: true,
  busyLeaseSeconds: 90,
  busyHeartbeatSeconds: 30,
  idleLeaseSeconds: 900,
  idleHeartbeatSeconds: 300,
  acceptSeconds: 30,
  chunkTimeoutSeconds: 0,
  maximumChunksRequeue: 3,
  failuresExcludeJob: 3,
  jobsExcludeTemplate: 3,
  historyDays: 90,
  logDays: 30,
  exportsJobVariables: false,
  hookSeconds: 5,
  failedHooksPass: false,
  revision: 0,
  importing: null,
  hookTemplates: [],
});

/** Whether chunks are handed out: while the queue is replaced the engine stands still, whatever it does before and after. */
export const handsOut = ({
  engineRunning,
  importing,
}: Pick<EffectiveConfiguration, 'engineRunning' | 'importing'>): boolean =>
  engineRunning && importing === null;
