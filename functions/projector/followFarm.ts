/** What follows from a change that concerns the whole farm: work that was held up may go on, nodes are called. */
import { handsOut } from '../../shared/model/configuration.ts';
import type { NodesScanItem } from '../../shared/model/nodesScan.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { kindOf } from '../../shared/store/keys.ts';
import { nodesScanOf } from '../../shared/store/nodesScanStore.ts';
import { configurationOf, SETTINGS_KEPT_SECONDS } from '../../shared/store/settingsStore.ts';
import type { FeedRecord, Item } from '../../shared/store/table.ts';

export async function followFarm(context: Context, { table, before, after }: FeedRecord): Promise<void> {
  if (table !== 'farm' || after === undefined) return;
  if (kindOf(after) === 'CONFIGURATION') await followSettings(context, before, after);
  if (kindOf(after) === 'SCANS' && before?.['scanId'] !== after['scanId']) {
    await followScan(context, nodesScanOf(after));
  }
  const limitFreed =
    kindOf(after) === 'LIMITS' && before !== undefined && Number(after['inUse']) < Number(before['inUse']);
  if (limitFreed) await match(context);
}

async function followSettings(context: Context, before: Item | undefined, after: Item): Promise<void> {
  const [was, is] = [configurationOf(before), configurationOf(after)];
  if (!handsOut(was) && handsOut(is)) await match(context);
  if (is.revision > was.revision) {
    // Whoever asks sooner may be answered with the revision before.
    const occasion = `restart-${is.revision}`;
    await context.dispatchQueue.send({ kind: 'call', occasion, after: 0 }, SETTINGS_KEPT_SECONDS + 1);
  }
}

async function followScan(context: Context, { scanId }: NodesScanItem): Promise<void> {
  await context.dispatchQueue.send({ kind: 'call', occasion: `scan-${scanId}`, after: 0 });
  await context.dispatchQueue.send({ kind: 'wake', scanId });
}

const match = (context: Context): Promise<void> =>
  context.dispatchQueue.send({ kind: 'match', trigger: null, pass: 1 });
