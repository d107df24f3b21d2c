/** What the farm remembers of itself, from the first minute to the clearing of it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { timeAfter } from '../../shared/model/clock.ts';
import { aJob } from '../support/aJob.ts';
import { startFarm, type TestFarm } from '../support/startFarm.ts';
import { whileDraining } from '../support/whileDraining.ts';

async function workedFarm(farm: TestFarm): Promise<void> {
  const node = await farm.addNode('alpha');
  await farm.admin.jobSubmit({ job: aJob(3) });
  await farm.tick();
  for (let work = await node.claim(); work !== null; work = await node.report());
  for (let minute = 0; minute < 3; minute += 1) {
    await farm.drain();
    farm.clock.advance(60_000);
    await farm.tick();
  }
}

const longAgo = '2000-01-01T00:00:00.000Z';

describe('the databases of a farm', () => {
  it('hold what was done, until somebody clears them', async (t) => {
    const farm = await startFarm(t);
    await workedFarm(farm);
    const done = (await farm.admin.dbGetStatistics({})).samples.at(-1);
    const history = await farm.admin.dbGetHistoryBounds({});

    const end = timeAfter(farm.clock);
    await farm.admin.systemResetStatisticsCounters({ requestToken: 'from-now-on' });
    await farm.admin.dbClearHistoryBounds({ start: longAgo, end, requestToken: 'clear-history' });
    await farm.admin.dbClearStatisticsBounds({ start: longAgo, end, requestToken: 'clear-statistics' });

    assert.equal(done?.framesCompleted, 3);
    assert.equal(history.sampleCount, 3);
    assert.equal((await farm.admin.dbGetHistoryBounds({})).sampleCount, 0);
    assert.equal((await farm.admin.dbGetStatisticsBounds({})).sampleCount, 0);
  });

  it('are flushed when the feed has told what was written before', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(3) });
    for (let work = await node.claim(); work !== null; work = await node.report());

    await whileDraining(farm, farm.admin.dbHistoryFlush({}));

    assert.equal((await farm.admin.chunkGetHistory({ jobId })).attempts.length, 3);
  });

  it('are cleared by the tick when the call that asked for it has died', async (t) => {
    const farm = await startFarm(t);
    await workedFarm(farm);
    for (const what of ['statistics', 'history'] as const) {
      const [start, end] = [longAgo, timeAfter(farm.clock)];
      await farm.context.statistics.beginClearing({ what, start, end, remainingFrom: longAgo });
    }

    const { clearSamples } = await farm.tick();

    assert.ok(clearSamples >= 6, String(clearSamples));
    assert.equal((await farm.admin.dbGetHistoryBounds({})).sampleCount, 0);
    assert.equal((await farm.admin.dbGetStatisticsBounds({})).sampleCount, 0);
    assert.equal((await farm.tick()).clearSamples, 0);
  });
});
