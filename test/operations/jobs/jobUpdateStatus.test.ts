import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertUnchanged } from '../../support/farmState.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();

describe('jobUpdateStatus', () => {
  it('makes the counts say what the chunks say', async () => {
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 2, status: 'failed' });
    const state = await farm.context.jobs.findState(id, { consistent: true });
    assert.ok(state);
    await farm.context.jobs.adjustCounts(state, { queued: 7, completed: 9, warning: 2, failed: 0 });

    const { result } = await farm.admin.jobUpdateStatus({ id });
    const { job } = await farm.admin.jobGet({ id });

    assert.equal(result, 'done');
    assert.deepEqual(job.counts, { queued: 0, completed: 0, warning: 0, failed: 1 });
  });

  it('ends a job of which every chunk has ended', async () => {
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 1, status: 'completed' });
    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 2, status: 'completed' });

    await farm.admin.jobUpdateStatus({ id });
    const { job } = await farm.admin.jobGet({ id });

    assert.equal(job.status, 'completed');
    assert.equal(job.statusReason, 'every chunk completed');
    assert.equal(job.progress, 1);
  });

  it('changes nothing when nothing differs', async () => {
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });

    await assertUnchanged(farm, () => farm.admin.jobUpdateStatus({ id }));
  });

  it('counts a job of more than 20,000 chunks in the background', async () => {
    const { id } = await farm.admin.jobSubmit({ job: aJob(20_001) });
    const state = await farm.context.jobs.findState(id, { consistent: true });
    assert.ok(state);
    await farm.context.jobs.adjustCounts(state, { queued: 0, completed: 9, warning: 0, failed: 0 });

    const { result } = await farm.admin.jobUpdateStatus({ id });
    await farm.drain();
    const { job } = await farm.admin.jobGet({ id });

    assert.equal(result, 'started');
    assert.equal(job.counts.completed, 0);
  });

  it('refuses a folder', async () => {
    const { id } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    const details = { what: 'job', id, from: 'folder', event: 'recount', rule: 'a folder has no chunks' };

    await assertRefusedWhole(farm, 'jobUpdateStatus', 'transition-refused', details, { id });
  });

  it('refuses a job that is not there', async () => {
    await assertRefusedWhole(farm, 'jobUpdateStatus', 'not-found', { what: 'job', id: 999 }, { id: 999 });
  });
});
