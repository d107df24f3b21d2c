import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keys } from '../../shared/store/keys.ts';
import { aJob } from '../support/aJob.ts';
import { startFarm, type TestFarm } from '../support/startFarm.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Days with a tick each, at a full hour. */
async function passDays(farm: TestFarm, days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    farm.clock.advance(DAY_MS - (farm.clock.now() % HOUR_MS));
    await farm.tick();
    await farm.drain();
  }
}

const classCount = async (farm: TestFarm): Promise<number> =>
  (await farm.table.query({ table: 'queue', partition: keys.matchClassPartition })).items.length;

describe('a match class', () => {
  it('that no job asks for any more goes, and costs a claim nothing from then on', async (t) => {
    const farm = await startFarm(t);
    const first = await farm.addNode('alpha');
    for (let ramMb = 1; ramMb <= 20; ramMb += 1) {
      await farm.admin.jobSubmit({ job: aJob(1, { minimumRamMb: ramMb }) });
      await farm.drain();
      await first.claim();
      await first.report();
    }
    await farm.drain();
    assert.equal(await classCount(farm), 20);

    await passDays(farm, 9);

    assert.equal(await classCount(farm), 0);
    const node = await farm.addNode('beta');
    await farm.admin.jobSubmit({ job: aJob(1) });
    farm.takeUse();
    await node.claim();
    const { readUnits } = farm.takeUse();
    assert.ok(readUnits <= 4.5, `${readUnits} R`);
  });

  it('of a job that waits for somebody stays however long it waits', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { paused: true, minimumCores: 2 }) });

    await passDays(farm, 20);

    assert.equal(await classCount(farm), 1);
    await farm.admin.jobEdit({ id, changes: { paused: false } });
    const node = await farm.addNode('alpha');
    await farm.drain();
    assert.equal((await node.claim())?.assignment.jobId, id);
  });

  it('that has gone comes back at once with a job that is started again', async (t) => {
    const farm = await startFarm(t);
    const { id } = await endedJob(farm);
    await passDays(farm, 9);
    assert.equal(await classCount(farm), 0);

    await farm.admin.jobReinit({ id });
    await farm.drain();

    const node = await farm.addNode('beta');
    assert.equal((await node.claim())?.assignment.jobId, id);
  });

  it('of a job that was started again, of which the feed has not told, comes back within the hour', async (t) => {
    const farm = await startFarm(t);
    const { id } = await endedJob(farm);
    await passDays(farm, 9);
    await farm.admin.jobReinit({ id });

    farm.clock.advance(HOUR_MS);
    const counts = await farm.tick();

    assert.equal(counts.keepClasses, 1);
    assert.equal(await classCount(farm), 1);
  });
});

async function endedJob(farm: TestFarm): Promise<{ readonly id: number }> {
  const node = await farm.addNode('alpha');
  const { id } = await farm.admin.jobSubmit({ job: aJob(1, { minimumCores: 2 }) });
  await farm.drain();
  await node.claim();
  await node.report();
  await farm.drain();
  assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed');
  return { id };
}
