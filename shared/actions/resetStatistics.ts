/** Restarts the counters of the statistics; samples that were taken keep theirs. */
import { timeAfter } from '../model/clock.ts';
import type { Context } from '../runtime/context.ts';
import type { Once } from './once.ts';

/** A repeated request restarts them at the moment of the first. */
export async function resetStatistics(context: Context, once: Once): Promise<void> {
  const { value: at } = await once.reserve(async () => timeAfter(context.clock));
  await context.statistics.reset(at);
}
