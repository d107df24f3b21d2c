/**
 * What the farm did, minute by minute: a sample holds what stood in the queue and on the nodes at its moment, and
 * counters that only grow until somebody restarts them, so that the difference of any two samples says what was done
 * between them, however many samples there were.
 */
import * as z from 'zod/mini';
import { boundedInt, boundedNumber } from './bounded.ts';
import { described } from './described.ts';
import { onDemand } from './onDemand.ts';
import { timeSchema } from './time.ts';

export const statisticsSampleSchema = onDemand(() =>
  z
    .strictObject({
      at: described(timeSchema(), 'The minute of the sample.'),
      jobsQueued: described(boundedInt(0), 'Jobs of which nothing was handed out yet.'),
      jobsInProgress: boundedInt(0),
      jobsWaiting: described(boundedInt(0), 'Jobs that wait for others or for their time.'),
      chunksQueued: described(
        boundedInt(0),
        'Length of the queue: chunks of queued jobs and jobs in progress that no node has taken, paused jobs included.',
      ),
      nodesIdle: boundedInt(0),
      nodesWorking: boundedInt(0),
      nodesPaused: boundedInt(0),
      framesPerHour: described(boundedNumber(0), 'Pace of the frames since the sample before.'),
      countersSince: described(timeSchema(), 'When the counters began.'),
      framesCompleted: described(
        boundedInt(0),
        'Frames completed, with or without warnings, since the counters began.',
      ),
      chunksCompleted: described(
        boundedInt(0),
        'Attempts at chunks that completed since the counters began.',
      ),
      failures: described(
        boundedInt(0),
        'Attempts that failed, took too long or were lost with their node, since the counters began.',
      ),
    })
    .register(z.globalRegistry, { id: 'StatisticsSample' }),
);
export type StatisticsSample = z.infer<ReturnType<typeof statisticsSampleSchema>>;

/** What a sample holds of its moment, besides its counters. */
export const statisticsGauges = [
  'jobsQueued',
  'jobsInProgress',
  'jobsWaiting',
  'chunksQueued',
  'nodesIdle',
  'nodesWorking',
  'nodesPaused',
] as const satisfies readonly (keyof StatisticsSample)[];
export type StatisticsGauges = Pick<StatisticsSample, (typeof statisticsGauges)[number]>;

/** A sample as it is kept. */
export interface KeptSample extends StatisticsSample {
  /** Attempts that ended before this moment are in its counters. */
  readonly countedUntil: string;
  /** Nothing had ended and nothing else was so than in the sample before: no need to say it again each minute. */
  readonly isCalm: boolean;
}
