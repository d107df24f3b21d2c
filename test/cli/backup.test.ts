import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../support/aJob.ts';
import { startFarm } from '../support/startFarm.ts';
import { aLoggedInRollcall } from './rollcall.ts';

describe('rollcall backup', () => {
  it('backs jobs up, lists them and puts them back', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(3, { name: 'shot 10', paused: true }) });

    const empty = await rollcall.run(['backup', 'bounds']);
    const created = await rollcall.run(['backup', 'create', String(id)]);
    const listed = await rollcall.run(['backup', '--quiet']);
    const restored = await rollcall.run(['backup', 'restore', String(id), '--duplicate', '--quiet']);
    const refused = await rollcall.run(['backup', 'restore', String(id)]);

    assert.equal(empty.stdout, 'The archive is empty.\n');
    assert.equal(created.stdout, `Backed up job ${id}: 3 chunks, 0 attempts.\n`);
    assert.equal(listed.stdout, `${id}\n`);
    assert.equal((await farm.admin.jobGet({ id: Number(restored.stdout) })).job.name, 'shot 10');
    assert.notEqual(refused.code, 0);
  });

  it('deletes what the archive has only with --delete and a yes', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { paused: true }) });

    const unsure = await rollcall.run(['backup', 'create', String(id), '--delete']);
    const before = (await farm.admin.backupQuery({})).jobs.length;
    const sure = await rollcall.run(['backup', 'create', String(id), '--delete', '--yes']);

    assert.notEqual(unsure.code, 0);
    assert.equal(before, 0);
    assert.equal(sure.stdout, `Backed up job ${id}: 1 chunk, 0 attempts. It is deleted.\n`);
    await assert.rejects(farm.admin.jobGet({ id }), { code: 'not-found' });
  });
});
