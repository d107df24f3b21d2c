import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

const MINUTE_MS = 60_000;

/** Moves the clock by a minute and lets everything run that runs by itself. */
async function minute(farm: TestFarm, count = 1): Promise<void> {
  for (let passed = 0; passed < count; passed += 1) {
    farm.clock.advance(MINUTE_MS);
    await farm.drain();
    await farm.tick();
  }
}

const samplesOf = async (farm: TestFarm) => (await farm.admin.dbGetStatistics({ limit: 1_000 })).samples;

describe('dbGetStatistics', () => {
  it('tells what stood in the queue and on the nodes, and what was done since', async (t) => {
    const farm = await startFarm(t);
    const alpha = await farm.addNode('alpha');
    await farm.addNode('beta');
    await farm.admin.jobSubmit({ job: aJob(5, { packetSize: 1 }) });
    const { id: parent } = await farm.admin.jobSubmit({ job: aJob(1, { priority: 1, paused: true }) });
    await farm.admin.jobSubmit({ job: aJob(1, { dependIds: [parent] }) });
    await alpha.claim();
    await minute(farm);

    await alpha.report({ outcome: 'completed', exitCode: 0 });
    await alpha.report({ outcome: 'failed', exitCode: 1 });
    await minute(farm, 2);

    const [first, , third] = await samplesOf(farm);
    assert.deepEqual(first, {
      at: '2026-01-01T00:01:00.000Z',
      jobsQueued: 1,
      jobsInProgress: 1,
      jobsWaiting: 1,
      chunksQueued: 4,
      nodesIdle: 0,
      nodesWorking: 2,
      nodesPaused: 0,
      framesPerHour: 0,
      countersSince: '2026-01-01T00:01:00.000Z',
      framesCompleted: 0,
      chunksCompleted: 0,
      failures: 0,
    });
    assert.deepEqual(third, {
      ...first,
      at: '2026-01-01T00:03:00.000Z',
      framesPerHour: 60,
      framesCompleted: 1,
      chunksCompleted: 1,
      failures: 1,
      chunksQueued: third?.chunksQueued,
      nodesWorking: third?.nodesWorking,
      nodesIdle: third?.nodesIdle,
    });
  });

  it('counts frames, not chunks, and a frame in slices once', async (t) => {
    const farm = await startFarm(t);
    const alpha = await farm.addNode('alpha');
    await minute(farm);
    await farm.admin.jobSubmit({ job: { ...aJob(1), endFrame: 25, packetSize: 10 } });
    await farm.admin.jobSubmit({
      job: { ...aJob(1), priority: 1, endFrame: 2, packetType: 'image-slices', imageSlices: 3 },
    });
    farm.clock.advance(5_000);
    for (let work = await alpha.claim(); work !== null; work = await alpha.report())
      farm.clock.advance(1_000);

    await minute(farm, 60);

    const last = (await samplesOf(farm)).at(-1);
    assert.equal(last?.framesCompleted, 27);
    assert.equal(last?.chunksCompleted, 9);
  });

  it('has one sample of a minute, however often the tick runs', async (t) => {
    const farm = await startFarm(t);
    const alpha = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(3) });
    await minute(farm);
    for (let work = await alpha.claim(); work !== null; work = await alpha.report());
    await minute(farm);
    farm.clock.advance(MINUTE_MS);
    await farm.drain();

    await Promise.all([farm.tick(), farm.tick()]);
    await farm.tick();
    farm.clock.advance(1_000);
    await farm.tick();
    await minute(farm);

    const samples = await samplesOf(farm);
    assert.deepEqual(
      samples.map(({ at, chunksCompleted }) => [at.slice(11, 16), chunksCompleted]),
      [
        ['00:01', 0],
        ['00:02', 0],
        ['00:03', 3],
        ['00:04', 3],
      ],
    );
  });

  it('counts what ended while nothing changed from one tick to the next, and what ended while no tick ran', async (t) => {
    const farm = await startFarm(t);
    const alpha = await farm.addNode('alpha');
    await minute(farm, 10);
    const calm = (await samplesOf(farm)).length;

    await farm.admin.jobSubmit({ job: aJob(2) });
    for (let work = await alpha.claim(); work !== null; work = await alpha.report());
    await minute(farm, 60);
    await farm.admin.jobSubmit({ job: aJob(4) });
    for (let work = await alpha.claim(); work !== null; work = await alpha.report());
    await farm.drain();
    farm.clock.advance(5 * 3_600_000);
    await minute(farm, 3);

    assert.ok(calm <= 3, `${calm} samples of ten minutes in which nothing happened`);
    assert.equal((await samplesOf(farm)).at(-1)?.chunksCompleted, 6);
  });

  it('keeps minutes for two days and one sample an hour after that', async (t) => {
    const farm = await startFarm(t);
    const alpha = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(1_000) });
    await alpha.claim();
    // A node at work keeps the statistics at a sample a minute.
    for (let passed = 0; passed < 120; passed += 1) {
      await alpha.heartbeat();
      await minute(farm);
    }

    const before = await samplesOf(farm);
    farm.clock.advance(2 * 86_400_000);
    await farm.tick();
    const after = await samplesOf(farm);

    assert.equal(before.length, 120);
    assert.deepEqual(
      after.map(({ at }) => at),
      [
        '2026-01-01T00:01:00.000Z',
        '2026-01-01T01:00:00.000Z',
        '2026-01-01T02:00:00.000Z',
        '2026-01-03T02:00:00.000Z',
      ],
    );
  });

  it('pages through its samples, of a time if one is asked for', async (t) => {
    const farm = await startFarm(t);
    const alpha = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(1) });
    await alpha.claim();
    for (let passed = 0; passed < 6; passed += 1) {
      await alpha.heartbeat();
      await minute(farm);
    }

    const first = await farm.admin.dbGetStatistics({ limit: 4 });
    const second = await farm.admin.dbGetStatistics({ limit: 4, pageToken: first.nextPageToken ?? '' });
    const some = await farm.admin.dbGetStatistics({
      start: '2026-01-01T00:02:00.000Z',
      end: '2026-01-01T00:03:00.000Z',
    });

    assert.deepEqual(
      [first, second, some].map(({ samples }) => samples.map(({ at }) => at.slice(14, 16))),
      [
        ['01', '02', '03', '04'],
        ['05', '06'],
        ['02', '03'],
      ],
    );
    assert.equal(second.nextPageToken, null);
    await assert.rejects(farm.admin.dbGetStatistics({ pageToken: 'another' }), { code: 'invalid-input' });
  });
});

describe('systemResetStatisticsCounters', () => {
  it('lets counters begin anew; what was sampled before stays', async (t) => {
    const farm = await startFarm(t);
    const alpha = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(3) });
    await minute(farm);
    for (let work = await alpha.claim(); work !== null; work = await alpha.report());
    await minute(farm, 2);
    const before = (await samplesOf(farm)).at(-1);
    farm.clock.advance(1_000);

    await farm.admin.systemResetStatisticsCounters({});
    await minute(farm);
    await farm.admin.jobSubmit({ job: aJob(1) });
    farm.clock.advance(5_000);
    for (let work = await alpha.claim(); work !== null; work = await alpha.report());
    await minute(farm, 60);

    const samples = await samplesOf(farm);
    const after = samples.at(-1);
    assert.equal(before?.chunksCompleted, 3);
    assert.equal(after?.chunksCompleted, 1);
    assert.equal(after?.countersSince, '2026-01-01T00:03:01.000Z');
    assert.deepEqual(samples[2], before);
  });

  it('counts an attempt twice neither across a restart nor when it is asked for twice', async (t) => {
    const farm = await startFarm(t);
    const alpha = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(2) });
    await minute(farm);
    for (let work = await alpha.claim(); work !== null; work = await alpha.report());
    await farm.drain();
    farm.clock.advance(1_000);

    await farm.admin.systemResetStatisticsCounters({ requestToken: 'restart-them' });
    await minute(farm, 3);
    await farm.admin.systemResetStatisticsCounters({ requestToken: 'restart-them' });
    await minute(farm);

    const last = (await samplesOf(farm)).at(-1);
    assert.equal(last?.chunksCompleted, 0);
    assert.equal(last?.countersSince, '2026-01-01T00:01:01.000Z');
  });
});
