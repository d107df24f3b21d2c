import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { startFarm } from '../../support/startFarm.ts';

describe('backupGetBoundaries', () => {
  it('has no times for an empty archive', async (t) => {
    const farm = await startFarm(t);

    assert.deepEqual(await farm.admin.backupGetBoundaries({}), {
      jobsCount: 0,
      firstAt: null,
      lastAt: null,
    });
  });

  it('counts every entry of a job', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { paused: true }) });
    await farm.admin.backupJob({ id });
    farm.clock.advance(29 * 86_400_000);
    const later = await farm.addUser('ada', { isAdmin: true });
    farm.clock.advance(29 * 86_400_000);
    await later.backupJob({ id, overwriteMode: 'add' });

    assert.deepEqual(await later.backupGetBoundaries({}), {
      jobsCount: 2,
      firstAt: '2026-01-01T00:00:00.000Z',
      lastAt: '2026-02-28T00:00:00.000Z',
    });
  });
});
