/** A job goes into the archive and comes back: by calls, and by the tick where a call was cut off. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../support/aJob.ts';
import { renderedJob, untilGone, wholeJob } from '../support/backups.ts';
import { startFarm } from '../support/startFarm.ts';

describe('the archive', () => {
  it('gives back a job, its chunks and its history as they were, with its folder', async (t) => {
    const farm = await startFarm(t);
    const { id: parentId } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    const { id: first } = await farm.admin.jobSubmit({ job: aJob(1, { paused: true }) });
    const id = await renderedJob(farm, 4, { parentId });
    const { id: waiting } = await farm.admin.jobSubmit({ job: aJob(2, { parentId, dependIds: [first] }) });
    const before = [await wholeJob(farm, id), await wholeJob(farm, waiting)];
    for (const job of [id, waiting]) await farm.admin.backupJobAndDelete({ id: job });
    await untilGone(farm);
    await farm.admin.backupJobAndDelete({ id: parentId });
    await untilGone(farm);

    for (const job of [id, waiting]) {
      await farm.admin.backupRestoreJob({ id: job, actionMode: ['restore-parents'] });
    }
    await farm.drain();

    assert.deepEqual([await wholeJob(farm, id), await wholeJob(farm, waiting)], before);
    assert.equal((await farm.admin.jobGet({ id: parentId })).job.name, 'Rome');
    assert.equal((await farm.admin.backupGetBoundaries({})).jobsCount, 3);

    const copy = await farm.admin.backupRestoreJob({ id, actionMode: ['duplicate-entry'] });

    assert.equal((await farm.admin.jobGet({ id: copy.id })).job.status, 'completed-with-warnings');
    assert.notEqual(copy.id, id);
  });

  it('is served by the tick where calls were cut off: to back up, to delete, to restore and to clear away', async (t) => {
    const farm = await startFarm({ after: (end) => t.after(end), diagnostic: () => {} });
    const id = await renderedJob(farm);
    const before = await wholeJob(farm, id);
    farm.writes.crashAfter(2);
    await assert.rejects(farm.admin.backupJob({ id }));
    farm.writes.calm();
    await farm.tick();
    await farm.drain();
    assert.equal((await farm.admin.backupGetBoundaries({})).jobsCount, 1);
    await farm.admin.jobEdit({ id, changes: { priority: 51 } });
    await farm.drain();
    farm.writes.crashAfter(2);
    const cutOff = farm.admin.backupJobAndDelete({ id, overwriteMode: 'overwrite' });
    await assert.rejects(cutOff);
    farm.writes.calm();

    await untilGone(farm);
    farm.writes.crashAfter(2);
    await assert.rejects(farm.admin.backupRestoreJob({ id }));
    farm.writes.calm();
    await farm.tick();
    await farm.drain();

    const after = (await wholeJob(farm, id)) as { readonly job: object };
    assert.deepEqual({ ...after, job: { ...after.job, priority: 50 } }, before);
    assert.equal((await farm.admin.backupGetBoundaries({})).jobsCount, 1);
  });
});
