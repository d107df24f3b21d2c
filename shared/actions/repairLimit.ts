/** Repairs a limit that a crash left too high: acts at the second sight, when nobody took or gave back since. */
import { timeAfter } from '../model/clock.ts';
import type { Context } from '../runtime/context.ts';
import type { LimitUse } from '../store/limitStore.ts';
import { noteCorrection } from './noteActivity.ts';
import { sightOf } from './secondSight.ts';

/** Compares a limit with what nodes hold of it; true if it was corrected. */
export async function repairLimit(context: Context, limit: LimitUse, held: number): Promise<boolean> {
  if (limit.inUse === held) return false;
  const sight = sightOf(context, limit);
  if (sight === 'first') await context.limits.suspect(limit, timeAfter(context.clock));
  if (sight !== 'second') return false;
  const isCorrected = await context.limits.correct(limit, held);
  if (!isCorrected) return false;
  context.logger.log('limit-corrected', { limit: limit.name, from: limit.inUse, to: held });
  const text = `limit ${limit.name}: ${limit.inUse} -> ${held} in use`;
  await noteCorrection(context, 'limit-corrected', text);
  return true;
}
