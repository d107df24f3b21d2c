/** What follows from a change that concerns the whole farm: work that was held up may go on. */
import type { Context } from '../../shared/runtime/context.ts';
import { kindOf } from '../../shared/store/keys.ts';
import type { FeedRecord } from '../../shared/store/table.ts';

export async function followFarm(context: Context, { table, before, after }: FeedRecord): Promise<void> {
  if (table !== 'farm' || before === undefined || after === undefined) return;
  const limitFreed = kindOf(after) === 'LIMITS' && Number(after['inUse']) < Number(before['inUse']);
  const engineStarted =
    kindOf(after) === 'CONFIGURATION' && before['engineRunning'] === false && after['engineRunning'] === true;
  if (limitFreed || engineStarted) {
    await context.dispatchQueue.send({ kind: 'match', trigger: null, pass: 1 });
  }
}
