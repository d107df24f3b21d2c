/** Takes the sample of the present minute, if it is due: once, however often the tick runs. */
import { chunkCount, packetAt } from '../domain/chunking.ts';
import { type EndedWork, gaugesOf, isUnchanged, sampleOf } from '../domain/statistics.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import type { NodeState } from '../model/node.ts';
import { isoTime, laterOf, milliseconds } from '../model/time.ts';
import type { Context } from '../runtime/context.ts';
import type { EndedAttempt } from '../store/historyStore.ts';
import type { StatisticsView } from '../store/statisticsStore.ts';

const MINUTE_MS = 60_000;
/** What ended is counted so much later: until then the feed has told of it, and the index shows it. */
const LATENESS_MS = MINUTE_MS;
/** Samples of every minute are kept so long; after that one an hour is left, the first. */
const MINUTES_KEPT_SECONDS = 2 * 86_400;
/** After a longer time without a tick what ended before is in history only. */
const LONGEST_GAP_MS = 86_400_000;

/** Takes the sample; false if it is not due. `seen` may be old: it decides only that there is nothing to do. */
export async function takeSample(
  context: Context,
  jobs: readonly JobState[],
  nodes: readonly NodeState[],
  seen: StatisticsView,
): Promise<boolean> {
  const minute = Math.floor(context.clock.now() / MINUTE_MS) * MINUTE_MS;
  const at = isoTime(minute);
  const gauges = gaugesOf(jobs, nodes);
  const isDue = (view: StatisticsView): boolean =>
    view.last === undefined ||
    (view.last.at < at &&
      !(
        view.last.isCalm &&
        hourOf(view.last.at) === hourOf(at) &&
        isUnchanged(view.last, gauges, countersSince(view, at))
      ));
  if (!isDue(seen)) return false;
  // Counters go on from the last sample, so that is read strongly: what is counted twice stays counted.
  const view = await context.statistics.look({ consistent: true });
  if (!isDue(view)) return false;
  const { last, resetAt } = view;
  const latest = isoTime(minute - LATENESS_MS);
  const earliest = isoTime(minute - LATENESS_MS - LONGEST_GAP_MS);
  const from = laterOf(earliest, laterOf(last?.countedUntil ?? latest, resetAt ?? ''));
  const until = laterOf(from, latest);
  const ended = await withFrames(context, await context.history.endedBetween(from, until));
  const since = countersSince(view, at);
  const sample = sampleOf(at, last, gauges, { ended, from, until, countersSince: since });
  return context.statistics.putSample(
    sample,
    Math.floor(minute / 1_000) + (await keptSeconds(context, view, at)),
  );
}

/** Counters begin with the first sample there is, or when they were restarted. */
const countersSince = ({ last, resetAt }: StatisticsView, at: string): string =>
  last === undefined ? at : laterOf(last.countersSince, resetAt ?? '');

/** The first sample of an hour stays as long as history, the others for two days. */
async function keptSeconds(context: Context, { last }: StatisticsView, at: string): Promise<number> {
  if (last !== undefined && hourOf(last.at) === hourOf(at)) return MINUTES_KEPT_SECONDS;
  return Math.max((await context.configuration.get()).historyDays * 86_400, MINUTES_KEPT_SECONDS);
}

const hourOf = (time: string): number => Math.floor(milliseconds(time) / 3_600_000);

async function withFrames(context: Context, ended: readonly EndedAttempt[]): Promise<EndedWork[]> {
  const specs = await context.jobs.specs([...new Set(ended.map(({ jobId }) => jobId))]);
  return ended.map(({ jobId, index, outcome }) => ({ outcome, frames: framesOf(specs.get(jobId), index) }));
}

/**
 * Frames of a chunk by the job as it is now; none if it is gone or was cut otherwise since. A frame in slices counts
 * with its first one.
 */
function framesOf(spec: JobSpec | undefined, index: number): number {
  if (spec === undefined || index >= chunkCount(spec)) return 0;
  const { frameCount, slice } = packetAt(spec, index);
  return slice === 0 ? frameCount : 0;
}
