/** Repairs limits that differ from what nodes hold. */
import { repairLimit } from '../../shared/actions/repairLimit.ts';
import type { Context } from '../../shared/runtime/context.ts';
import type { Farm } from './farm.ts';

export async function repairLimits(context: Context, { nodes }: Farm): Promise<number> {
  let count = 0;
  for (const limit of await context.limits.list()) {
    const held = nodes.filter(({ assignment }) => assignment?.limits.includes(limit.name)).length;
    if (await repairLimit(context, limit, held)) count += 1;
  }
  return count;
}
