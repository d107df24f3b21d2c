/** How far the chunks of a job were asked about, and which were refused. Lost, it is made anew by asking from the start. */

import { type ChunkGate, newChunkGate } from '../model/chunkGate.ts';
import type { Clock } from '../model/clock.ts';
import { keys } from './keys.ts';
import { everyItem } from './pages.ts';
import { equals, type Item, isNew, type Key, type Table, type Value } from './table.ts';

/** After the last change. */
const KEPT_SECONDS = 14 * 86_400;

export function chunkGateStore(table: Table, clock: Clock) {
  return {
    /** A new one with version 0 if there is none. Pattern J13. */
    async get(
      jobId: number,
      generation: number,
    ): Promise<{ readonly gate: ChunkGate; readonly version: number }> {
      const item = await table.get('queue', keys.chunkGate(jobId, generation), { consistent: true });
      if (item === undefined) return { gate: newChunkGate(jobId, generation), version: 0 };
      return { gate: gateOf(item), version: Number(item['version']) };
    },

    /** Replaces what was seen. Where somebody else asks at the same time, what they have found stays. */
    async replace(gate: ChunkGate, seenVersion: number): Promise<void> {
      const item = {
        ...(gate as unknown as Record<string, Value>),
        ...keys.chunkGate(gate.jobId, gate.generation),
        version: seenVersion + 1,
        expiresAt: Math.floor(clock.now() / 1_000) + KEPT_SECONDS,
      };
      await table.put('queue', item, seenVersion === 0 ? isNew : [equals('version', seenVersion)]);
    },

    /** Forgets what is known of all generations of a job. Pattern J14. */
    async forget(jobId: number): Promise<void> {
      const deletes: Key[] = [];
      const query = { table: 'queue', partition: keys.chunkGatePartition(jobId), consistent: true } as const;
      for await (const { pk, sk } of everyItem(table, query)) deletes.push({ pk, sk });
      await table.batchWrite('queue', { deletes });
    },
  };
}

export type ChunkGateStore = ReturnType<typeof chunkGateStore>;

function gateOf(item: Item): ChunkGate {
  const { pk: _pk, sk: _sk, version: _version, expiresAt: _expires, ...gate } = item;
  return gate as unknown as ChunkGate;
}
