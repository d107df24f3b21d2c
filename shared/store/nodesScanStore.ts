/** The scan of the nodes that was started last. Who has answered stands with the nodes. */
import type { NodesScanItem } from '../model/nodesScan.ts';
import { keys } from './keys.ts';
import { absent, any, equals, type Item, lessThan, type Table, type Value } from './table.ts';

export function nodesScanStore(table: Table) {
  return {
    /** Pattern N15. */
    async find(): Promise<NodesScanItem | undefined> {
      const item = await table.get('farm', keys.nodesScan, { consistent: true });
      return item === undefined ? undefined : nodesScanOf(item);
    },

    /** Notes a scan in the place of an earlier one; answers with the scan that stands. */
    async begin(scan: NodesScanItem): Promise<NodesScanItem> {
      const item = { ...keys.nodesScan, ...(scan as unknown as Record<string, Value>) };
      const result = await table.put('farm', item, [
        any(absent('pk'), lessThan('startedAt', scan.startedAt)),
      ]);
      return result.applied || result.present === undefined ? scan : nodesScanOf(result.present);
    },

    /** Takes note of what was done about sleeping nodes, unless another scan was started since. */
    async noteWaking(
      scanId: string,
      waking: Pick<NodesScanItem, 'wokenNodeCount' | 'unreached'>,
    ): Promise<void> {
      await table.update('farm', keys.nodesScan, { set: waking as unknown as Record<string, Value> }, [
        equals('scanId', scanId),
      ]);
    },
  };
}

export type NodesScanStore = ReturnType<typeof nodesScanStore>;

export function nodesScanOf(item: Item): NodesScanItem {
  const { pk: _pk, sk: _sk, ...scan } = item;
  return scan as unknown as NodesScanItem;
}
