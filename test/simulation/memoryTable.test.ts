/** The table contract on the table of the simulation: what is proven there holds on this one too. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CapacityUse, FeedRecord } from '../../shared/store/table.ts';
import { tableDefinition } from '../../shared/store/tables.ts';
import { exerciseTable } from '../store/tableContract.ts';
import { MemoryTable } from './memoryTable.ts';

exerciseTable('MemoryTable', async () => {
  const uses: CapacityUse[] = [];
  let records: FeedRecord[] = [];
  const table = new MemoryTable({
    now: () => 0,
    onCapacity: (use) => uses.push(use),
    onChange(record) {
      if (tableDefinition(record.table).feed) records.push(record);
    },
  });
  return {
    table,
    uses,
    feed: async () => {
      const taken = records;
      records = [];
      return taken;
    },
    close: async () => {},
  };
});

describe('what readers of MemoryTable see', () => {
  it('is the past where they are told to lag, and can be older than what they saw before', async () => {
    let now = 10_000;
    let lag = 0;
    const table = new MemoryTable({ now: () => now, indexLag: () => lag, readLag: () => lag });
    const key = { pk: 'STATES#1', sk: '1' };
    const open = async () =>
      (await table.query({ table: 'queue', index: 'open', partition: 'OPEN' })).items.length;
    const seen = async () => (await table.get('queue', key))?.['step'];
    await table.put('queue', { ...key, openPk: 'OPEN', step: 1 });
    now = 12_000;
    await table.put('queue', { ...key, step: 2 });

    const fresh = [await open(), await seen()];
    lag = 1_000;
    const stale = [await open(), await seen()];
    lag = 3_000;
    const older = [await open(), await seen()];
    const strong = (await table.get('queue', key, { consistent: true }))?.['step'];

    assert.deepEqual(
      { fresh, stale, older, strong },
      { fresh: [0, 2], stale: [1, 1], older: [0, undefined], strong: 2 },
    );
  });
});
