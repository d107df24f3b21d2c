/** How each of the dispatcher's own queues is worked off, by the function of the same name. */
import type { QueueName } from '../shared/runtime/env.ts';

export interface QueueSettings {
  /** A message whose handling failed comes again after this. At least the function's timeout, or two work on one. */
  readonly visibilitySeconds: number;
  readonly batchSize: number;
  /** Most invocations at a time, from 2. */
  readonly concurrency: number;
  /** In order by group, and without what was sent twice. */
  readonly isFifo: boolean;
}

export const queueSettings: Readonly<Record<QueueName, QueueSettings>> = {
  // Passes compete for the same heads of the ready index: more of them at a time lose more guards than they win.
  dispatch: { visibilitySeconds: 60, batchSize: 10, concurrency: 5, isFifo: false },
  // One at a time, since a long job takes a minute; the rest of a batch would wait out its visibility behind it.
  recount: { visibilitySeconds: 90, batchSize: 1, concurrency: 10, isFifo: false },
  // A hook may take its time, and none should wait for another job's.
  hooks: { visibilitySeconds: 90, batchSize: 1, concurrency: 5, isFifo: true },
  // Only what the bus did not take: five tries outlast an outage of an hour.
  events: { visibilitySeconds: 900, batchSize: 10, concurrency: 2, isFifo: false },
};

export const queueNames = Object.keys(queueSettings) as readonly QueueName[];
