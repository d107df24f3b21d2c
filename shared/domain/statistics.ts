/** One sample of the statistics out of the one before it, the farm as it is, and what ended in between. */
import type { AttemptOutcome } from '../model/chunk.ts';
import type { JobState } from '../model/job.ts';
import type { NodeState } from '../model/node.ts';
import { type KeptSample, type StatisticsGauges, statisticsGauges } from '../model/statistics.ts';
import { milliseconds } from '../model/time.ts';

/** An attempt that ended, with the frames of its chunk. */
export interface EndedWork {
  readonly outcome: AttemptOutcome;
  readonly frames: number;
}

/** What stands in the queue and on the nodes that are not offline. */
export function gaugesOf(jobs: readonly JobState[], nodes: readonly NodeState[]): StatisticsGauges {
  const jobsIn = (...statuses: readonly JobState['status'][]): readonly JobState[] =>
    jobs.filter(({ status }) => statuses.includes(status));
  const nodesIn = (status: NodeState['status']): number =>
    nodes.filter((node) => node.status === status).length;
  const left = jobsIn('queued', 'in-progress').map(({ total, next, counts }) => total - next + counts.queued);
  return {
    jobsQueued: jobsIn('queued').length,
    jobsInProgress: jobsIn('in-progress').length,
    jobsWaiting: jobsIn('waiting', 'delayed').length,
    // Counts of a job are hints, and may be wrong by some for a moment after a crash.
    chunksQueued: Math.max(
      0,
      left.reduce((sum, count) => sum + count, 0),
    ),
    nodesIdle: nodesIn('idle'),
    nodesWorking: nodesIn('working'),
    nodesPaused: nodesIn('paused'),
  };
}

/** Whether a sample would say once more what the last one said. */
export const isUnchanged = (before: KeptSample, gauges: StatisticsGauges, countersSince: string): boolean =>
  before.countersSince === countersSince &&
  gauges.nodesWorking === 0 &&
  statisticsGauges.every((name) => before[name] === gauges[name]);

/** The sample of a minute. `ended` is what ended from the end of the sample before to `countedUntil`. */
export function sampleOf(
  at: string,
  before: KeptSample | undefined,
  gauges: StatisticsGauges,
  counted: {
    readonly ended: readonly EndedWork[];
    readonly from: string;
    readonly until: string;
    readonly countersSince: string;
  },
): KeptSample {
  const { ended, from, until, countersSince } = counted;
  const start = before?.countersSince === countersSince ? before : undefined;
  const completed = ended.filter(({ outcome }) => outcome === 'completed' || outcome === 'warning');
  const frames = completed.reduce((sum, work) => sum + work.frames, 0);
  const failures = ended.filter(({ outcome }) => ['failed', 'timed-out', 'lost'].includes(outcome)).length;
  const hours = (milliseconds(until) - milliseconds(from)) / 3_600_000;
  return {
    at,
    ...gauges,
    framesPerHour: hours > 0 ? frames / hours : 0,
    countersSince,
    framesCompleted: (start?.framesCompleted ?? 0) + frames,
    chunksCompleted: (start?.chunksCompleted ?? 0) + completed.length,
    failures: (start?.failures ?? 0) + failures,
    countedUntil: until,
    isCalm: before !== undefined && ended.length === 0 && isUnchanged(before, gauges, countersSince),
  };
}
