import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { backupNames, renderedJob } from '../../support/backups.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm } from '../../support/startFarm.ts';

describe('backupJobAndDelete', () => {
  it('deletes the job once the archive has it', async (t) => {
    const farm = await startFarm(t);
    const id = await renderedJob(farm, 2, { name: 'shot 10' });

    const answer = await farm.admin.backupJobAndDelete({ id });

    assert.deepEqual(answer, { id, result: 'ready', jobChunkCount: 2, chunkCount: 2, attemptCount: 3 });
    assert.deepEqual(await backupNames(farm), ['shot 10']);
    await assertRefusedWhole(farm, 'jobGet', 'not-found', { what: 'job', id }, { id });
  });

  it('only deletes what the archive has as it is', async (t) => {
    const farm = await startFarm(t);
    const id = await renderedJob(farm, 2);
    await farm.admin.backupJob({ id });
    farm.clock.advance(1_000);

    const answer = await farm.admin.backupJobAndDelete({ id });

    assert.equal(answer.result, 'ready');
    const [backup] = (await farm.admin.backupQuery({})).jobs;
    assert.equal(backup?.backedUpAt, '2026-01-01T00:00:03.000Z');
    await assertRefusedWhole(farm, 'jobGet', 'not-found', { what: 'job', id }, { id });
  });

  it('spares a job that somebody has changed since it was backed up', async (t) => {
    const farm = await startFarm(t);
    const id = await renderedJob(farm, 2);
    farm.writes.beforeFirst('STATES#', async () => {
      await farm.admin.jobReinit({ id });
    });

    await assert.rejects(farm.admin.backupJobAndDelete({ id }), { code: 'conflict' });

    assert.equal((await farm.admin.jobGet({ id })).job.generation, 2);
    assert.equal((await farm.admin.backupQuery({})).jobs.length, 1);
    assert.deepEqual(await farm.context.backups.work(), []);
  });

  it('refuses a folder that is not empty, and makes no entry of it', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    await farm.admin.jobSubmit({ job: aJob(1, { parentId: id }) });

    await assertRefusedWhole(
      farm,
      'backupJobAndDelete',
      'transition-refused',
      { what: 'folder', event: 'delete', rule: 'it is not empty; delete or move what is inside first' },
      { id },
    );

    assert.deepEqual(await backupNames(farm), []);
  });

  it('refuses what backupJob refuses', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    await assertRefusedWhole(farm, 'backupJobAndDelete', 'not-found', { id: 7 }, { id: 7 });
    await assertRefusedWhole(farm, 'backupJobAndDelete', 'transition-refused', { event: 'backup' }, { id });
    await farm.admin.jobEdit({ id, changes: { paused: true } });
    await farm.admin.backupJob({ id });
    await farm.admin.jobEdit({ id, changes: { priority: 7 } });

    await assertRefusedWhole(farm, 'backupJobAndDelete', 'already-exists', { what: 'backup', id }, { id });
  });
});
