/** What the farm remembers of itself, from the first minute to the clearing of it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
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

  it('are exported as SQL, under a link when that is long', async (t) => {
    const farm = await startFarm(t);
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(3) });
    const short = await farm.admin.dbExportQueueSQL({});
    const value = 'x'.repeat(30_000);
    const large = Object.fromEntries(['one', 'two', 'three', 'four'].map((name) => [name, { value }]));
    const attributes = { command: { value: '/bin/true' }, ...large };
    for (let count = 0; count < 40; count += 1) await farm.admin.jobSubmit({ job: aJob(1, { attributes }) });

    const long = await farm.admin.dbExportQueueSQL({});

    assert.match(
      String(short.sql),
      new RegExp(`INSERT INTO db_jobs .* VALUES \\(${jobId}, -1, 'job', 'a job'`),
    );
    assert.equal(long.sql, null);
    assert.equal(long.jobCount, 41);
    const text = gunzipSync(await (await fetch(String(long.url))).bytes()).toString('utf8');
    assert.equal(text.split(value).length, 161);
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
