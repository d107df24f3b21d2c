/**
 * The tick: repairs, timers, retention. It drives nothing: without faults a farm renders everything but
 * delayed starts without it. One file a duty; a duty that fails does not stop the others.
 */
import type { Context } from '../../shared/runtime/context.ts';
import { askChunks } from './askChunks.ts';
import { askGates } from './askGates.ts';
import { clearSamples } from './clearSamples.ts';
import { continueArchive } from './continueArchive.ts';
import { expireLeases } from './expireLeases.ts';
import { readFarm } from './farm.ts';
import { keepClasses } from './keepClasses.ts';
import { matchIdle } from './matchIdle.ts';
import { recallStrays } from './recallStrays.ts';
import { removeMailboxes } from './removeMailboxes.ts';
import { repairJobs } from './repairJobs.ts';
import { repairLimits } from './repairLimits.ts';
import { sampleStatistics } from './sampleStatistics.ts';
import { startDelayedJobs } from './startDelayedJobs.ts';
import { sweepJobs } from './sweepJobs.ts';
import { sweepLogs } from './sweepLogs.ts';
import { tellIdling } from './tellIdling.ts';
import { trimHookFailures } from './trimHookFailures.ts';

const duties = {
  expireLeases,
  recallStrays,
  keepClasses,
  repairJobs,
  repairLimits,
  startDelayedJobs,
  sweepJobs,
  sweepLogs,
  removeMailboxes,
  matchIdle,
  sampleStatistics,
  clearSamples,
  askGates,
  askChunks,
  tellIdling,
  trimHookFailures,
  // Last: it may take its time.
  continueArchive,
};

export type TickCounts = Readonly<Record<keyof typeof duties, number>>;

/** Builds the handler of the schedule; it answers with what each duty did. */
export const createHandler = (context: Context) => async (): Promise<TickCounts> => {
  const farm = await readFarm(context);
  const counts: [string, number][] = [];
  for (const [name, duty] of Object.entries(duties)) {
    try {
      counts.push([name, await duty(context, farm)]);
    } catch (error) {
      context.logger.log('duty-failed', { duty: name }, error);
      counts.push([name, 0]);
    }
  }
  return Object.fromEntries(counts) as TickCounts;
};
