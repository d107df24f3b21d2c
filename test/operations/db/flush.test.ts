import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { aJob } from '../../support/aJob.ts';
import { farmState } from '../../support/farmState.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';
import { whileDraining } from '../../support/whileDraining.ts';

const markersOf = (farm: TestFarm): number =>
  [...farmState(farm).keys()].filter((key) => key.startsWith('FLUSHES#')).length;

/** Starts a call and waits until its markers are on their way. */
async function flushing<T>(farm: TestFarm, call: () => Promise<T>): Promise<{ readonly ended: Promise<T> }> {
  const ended = call();
  ended.catch(() => {});
  while (markersOf(farm) === 0) await setImmediate();
  return { ended };
}

const calls = [
  ['dbFlush', 'flush-timeout'],
  ['dbHistoryFlush', 'flush-timeout'],
  ['dbBackupFlush', 'flush-timeout'],
] as const;

describe('dbFlush, dbHistoryFlush and dbBackupFlush', () => {
  for (const [name, code] of calls) {
    it(`${name} waits for a projector that is behind, and history is there when it answers`, async (t) => {
      const farm = await startFarm(t);
      const node = await farm.addNode('alpha');
      const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(3) });
      for (let work = await node.claim(); work !== null; work = await node.report());
      const before = (await farm.admin.chunkGetHistory({ jobId })).attempts;

      const { ended } = await flushing(farm, () => farm.admin[name]({}));
      const first = await Promise.race([ended.then(() => 'answered'), setImmediate('waits')]);
      await farm.drain();
      await ended;

      assert.deepEqual(before, []);
      assert.equal(first, 'waits');
      assert.equal((await farm.admin.chunkGetHistory({ jobId })).attempts.length, 3);
      assert.equal(markersOf(farm), 0);
    });

    it(`${name} gives up after twenty seconds in which the projector did nothing`, async (t) => {
      const farm = await startFarm(t);

      const { ended } = await flushing(farm, () => farm.admin[name]({}));
      farm.clock.advance(20_000);

      await assert.rejects(ended, {
        code,
        message: 'After 20 s the change feed has not come so far; what was written is safe. Repeat the call.',
      });
    });
  }

  it('do not mind each other, nor a projector that meets their markers twice', async (t) => {
    const farm = await startFarm(t);
    const { ended: first } = await flushing(farm, () => farm.admin.dbFlush({}));
    const records = farm.table.readFeed('projector', 1_000);
    const { ended: second } = await flushing(farm, () => farm.admin.dbHistoryFlush({}));

    await farm.drain();
    await Promise.all([first, second]);
    await farm.context.flushes.acknowledge(
      records.flatMap(({ after }) => (after?.pk.startsWith('FLUSHES#') ? [after] : [])),
    );

    assert.equal(markersOf(farm), 0);
  });

  it('are waited for again by somebody whose call had given up', async (t) => {
    const farm = await startFarm(t);
    const { ended } = await flushing(farm, () => farm.admin.dbFlush({ requestToken: 'flush-it-now' }));
    farm.clock.advance(20_000);
    await assert.rejects(ended, { code: 'flush-timeout' });

    const again = await whileDraining(farm, farm.admin.dbFlush({ requestToken: 'flush-it-now' }));

    assert.deepEqual(again, {});
  });
});
