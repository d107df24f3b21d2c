import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();
const limited = await farm.addUser('lena', { pools: ['gpu', 'night'], maximumPriority: 60 });

describe('limits of a user', () => {
  it('lower the priority of a job, at submission and by an edit', async () => {
    const { id } = await limited.jobSubmit({ job: aJob(1, { priority: 61, includedPools: ['gpu'] }) });
    const submitted = await farm.admin.jobGet({ id });
    await limited.jobEdit({ id, changes: { priority: 5 } });
    const edited = await limited.jobEdit({ id, changes: { priority: 65_535 } });

    assert.deepEqual([submitted.job.priority, edited.job.priority], [60, 60]);
  });

  it('keep a job to their pools that asks for none', async () => {
    const { id } = await limited.jobSubmit({ job: aJob(1) });
    const submitted = await farm.admin.jobGet({ id });
    await limited.jobEdit({ id, changes: { includedPools: ['gpu'] } });
    const edited = await limited.jobEdit({ id, changes: { includedPools: [] } });

    assert.deepEqual(
      [submitted.job.includedPools, edited.job.includedPools],
      [
        ['gpu', 'night'],
        ['gpu', 'night'],
      ],
    );
  });

  it('refuse another pool, and an emergency', async () => {
    const { id } = await limited.jobSubmit({ job: aJob(1) });
    const pool = 'pool day is not among the allowed ones: gpu, night';
    const emergency = 'an emergency goes before priority 60, the highest allowed';

    for (const [changes, rule] of [
      [{ includedPools: ['gpu', 'day'] }, pool],
      [{ emergencyQueue: true }, emergency],
    ] as const) {
      await assertRefusedWhole(
        farm,
        'jobEdit',
        'forbidden',
        { caller: 'User lena', operation: 'jobEdit', rule },
        { id, changes: changes as never },
        limited,
      );
      await assertRefusedWhole(
        farm,
        'jobSubmit',
        'forbidden',
        { caller: 'User lena', operation: 'jobSubmit', rule },
        { job: aJob(1, changes as never) },
        limited,
      );
    }
  });

  it('do not bind administrators', async () => {
    const boss = await farm.addUser('boss', { isAdmin: true, pools: ['gpu'], maximumPriority: 1 });

    const { id } = await boss.jobSubmit({
      job: aJob(1, { priority: 90, emergencyQueue: true, includedPools: ['day'] }),
    });

    const { job } = await boss.jobGet({ id });
    assert.deepEqual([job.priority, job.emergencyQueue, job.includedPools], [90, true, ['day']]);
  });
});

describe('jobs of others', () => {
  it('are submitted by who has the right to', async () => {
    const pipeline = await farm.addUser('pipeline', { rights: ['submit-for-others'] });

    const { id } = await pipeline.jobSubmit({ job: aJob(1), owner: 'lena' });

    assert.equal((await pipeline.jobGet({ id })).job.owner, 'lena');
    await assertRefusedWhole(
      farm,
      'jobSubmit',
      'forbidden',
      { caller: 'User lena', operation: 'jobSubmit', rule: 'it needs the right submit-for-others' },
      { job: aJob(1), owner: 'pipeline' },
      limited,
    );
  });

  it('are changed by who shares a group with their owner and has the right, and by nobody else of it', async () => {
    await farm.admin.groupAdd({ group: { name: 'lighters', rights: ['change-group-jobs'] } });
    await farm.admin.groupAdd({ group: { name: 'everybody' } });
    const anna = await farm.addUser('anna', { groups: ['lighters', 'everybody'] });
    const mate = await farm.addUser('mate', { groups: ['lighters'] });
    const other = await farm.addUser('otto', { groups: ['everybody'] });
    const { id } = await anna.jobSubmit({ job: aJob(1) });

    await mate.jobEdit({ id, changes: { priority: 7 } });

    await assertRefusedWhole(
      farm,
      'jobEdit',
      'forbidden',
      { caller: 'User otto', operation: 'jobEdit', rule: 'the job belongs to anna' },
      { id, changes: { priority: 8 } },
      other,
    );
  });

  it('are changed by who may change all', async () => {
    const supervisor = await farm.addUser('supervisor', { rights: ['change-all-jobs'] });
    const { id } = await limited.jobSubmit({ job: aJob(1) });

    assert.equal((await supervisor.jobEdit({ id, changes: { priority: 7 } })).job.priority, 7);
  });
});
