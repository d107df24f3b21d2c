import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { backupNames, renderedJob } from '../../support/backups.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

const paused = async (farm: TestFarm, name = 'a job'): Promise<number> =>
  (await farm.admin.jobSubmit({ job: aJob(3, { name, paused: true }) })).id;

describe('backupJob', () => {
  it('puts a job with its chunks and history into the archive and leaves it in the queue', async (t) => {
    const farm = await startFarm(t);
    const id = await renderedJob(farm, 4, { name: 'shot 10', project: 'Rome' });

    const answer = await farm.admin.backupJob({ id });

    assert.deepEqual(answer, { id, result: 'ready', jobChunkCount: 4, chunkCount: 4, attemptCount: 5 });
    const [backup] = (await farm.admin.backupQuery({})).jobs;
    assert.ok(backup);
    const { byteCount, ...shown } = backup;
    assert.deepEqual(shown, {
      id,
      jobId: id,
      type: 'job',
      name: 'shot 10',
      owner: 'admin',
      project: 'Rome',
      templateId: 43,
      parentId: -1,
      status: 'completed-with-warnings',
      chunkCount: 4,
      attemptCount: 5,
      submittedAt: '2026-01-01T00:00:00.000Z',
      endedAt: '2026-01-01T00:00:05.000Z',
      backedUpAt: '2026-01-01T00:00:05.000Z',
      backedUpBy: 'admin',
    });
    assert.ok(byteCount > 100 && byteCount < 5_000);
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed-with-warnings');
  });

  it('takes no place for chunks that nobody has touched', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1_000_000, { paused: true }) });

    const answer = await farm.admin.backupJob({ id });

    assert.deepEqual(answer, {
      id,
      result: 'ready',
      jobChunkCount: 1_000_000,
      chunkCount: 0,
      attemptCount: 0,
    });
    assert.equal((await farm.admin.backupQuery({})).jobs[0]?.chunkCount, 1_000_000);
  });

  it('backs up a folder by itself', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    await farm.admin.jobSubmit({ job: aJob(1, { parentId: id }) });

    await farm.admin.backupJob({ id });

    assert.deepEqual(await backupNames(farm), ['Rome']);
  });

  it('keeps the entry that is there, and refuses another of a job that has changed', async (t) => {
    const farm = await startFarm(t);
    const id = await paused(farm, 'first');
    await farm.admin.backupJob({ id });
    await farm.admin.jobEdit({ id, changes: { name: 'second' } });

    await assertRefusedWhole(farm, 'backupJob', 'already-exists', { what: 'backup', id }, { id });

    assert.deepEqual(await backupNames(farm), ['first']);
  });

  it('finds the entry of a job that has not changed ready, however often it is asked', async (t) => {
    const farm = await startFarm(t);
    const id = await paused(farm);
    await farm.admin.backupJob({ id });
    const before = (await farm.admin.backupQuery({})).jobs;
    farm.clock.advance(1_000);

    const again = await farm.admin.backupJob({ id });
    const over = await farm.admin.backupJob({ id, overwriteMode: 'overwrite' });

    assert.deepEqual([again.result, over.result], ['ready', 'ready']);
    assert.deepEqual((await farm.admin.backupQuery({})).jobs, before);
  });

  it('overwrites the entry that is there, and the parts of the old one are removed', async (t) => {
    const farm = await startFarm(t);
    const id = await paused(farm, 'first');
    await farm.admin.backupJob({ id });
    const old = (await farm.context.backups.find(id))?.body.folder;
    await farm.admin.jobEdit({ id, changes: { name: 'second' } });
    farm.clock.advance(29 * 86_400_000);

    const answer = await farm.admin.backupJob({ id, overwriteMode: 'overwrite' });
    await farm.tick();

    assert.equal(answer.id, id);
    assert.deepEqual(await backupNames(farm), ['second']);
    assert.equal((await farm.admin.backupGetBoundaries({})).jobsCount, 1);
    assert.equal(await farm.context.blobs.read(`backups/${old}/000000.ndjson.gz`), undefined);
    assert.deepEqual(await farm.context.backups.work(), []);
  });

  it('adds another entry with an id that no job has', async (t) => {
    const farm = await startFarm(t);
    const id = await paused(farm, 'first');
    await farm.admin.backupJob({ id, overwriteMode: 'add' });
    farm.clock.advance(1_000);

    const { id: second } = await farm.admin.backupJob({ id, overwriteMode: 'add' });
    const { id: next } = await farm.admin.jobSubmit({ job: aJob(1) });

    const ids = (await farm.admin.backupQuery({})).jobs.map((backup) => [backup.id, backup.jobId]);
    assert.deepEqual(ids, [
      [second, id],
      [id, id],
    ]);
    assert.notEqual(second, next);
  });

  it('refuses a job that could be rendered, and one that is', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    await assertRefusedWhole(
      farm,
      'backupJob',
      'transition-refused',
      { from: 'queued', event: 'backup', rule: 'pause it first, or wait for its end' },
      { id },
    );
    const node = await farm.addNode('alpha');
    await node.claim();
    await farm.admin.jobEdit({ id, changes: { paused: true } });

    await assertRefusedWhole(
      farm,
      'backupJob',
      'transition-refused',
      { from: 'in-progress', rule: '1 of its chunks are still being rendered; wait for them' },
      { id },
    );
  });

  it('refuses a job that is not there', async (t) => {
    const farm = await startFarm(t);

    await assertRefusedWhole(farm, 'backupJob', 'not-found', { what: 'job', id: 7 }, { id: 7 });
  });

  it('gives up a job that changes while it is read, and leaves no entry and no part of it', async (t) => {
    const farm = await startFarm(t);
    const id = await paused(farm);
    // After the run has begun and before its first part counts.
    farm.writes.beforeFirst('ARCHIVEWORK', async () => {
      farm.writes.beforeFirst('ARCHIVEWORK', async () => {
        await farm.admin.jobEdit({ id, changes: { name: 'changed' } });
      });
    });

    await assert.rejects(farm.admin.backupJob({ id }), { code: 'conflict' });
    const [discarded] = await farm.context.backups.work();
    await farm.tick();

    assert.equal(discarded?.kind, 'discard');
    assert.deepEqual(await farm.context.backups.work(), []);
    assert.deepEqual(await backupNames(farm), []);
  });

  it('refuses to begin with another mode, or to delete, while a backup of the job is under way', async (t) => {
    const farm = await startFarm(t);
    const id = await paused(farm);
    farm.writes.crashAfter(2);
    await assert.rejects(farm.admin.backupJob({ id }), { code: 'internal' });
    farm.writes.calm();

    const work = 'a backup with overwrite mode keep';
    await assertRefusedWhole(
      farm,
      'backupJob',
      'archive-busy',
      { what: 'job', id, work },
      { id, overwriteMode: 'add' },
    );
    await assertRefusedWhole(farm, 'backupJobAndDelete', 'archive-busy', { what: 'job', id, work }, { id });
  });

  it('that was cut off is carried on by whoever asks next, and by the tick', async (t) => {
    const farm = await startFarm(t);
    const [first, second] = [await paused(farm, 'first'), await paused(farm, 'second')];
    for (const id of [first, second]) {
      farm.writes.crashAfter(2);
      await assert.rejects(farm.admin.backupJob({ id }), { code: 'internal' });
      farm.writes.calm();
    }
    assert.deepEqual(await backupNames(farm), []);

    const { result } = await farm.admin.backupJob({ id: first });
    const ofFirst = await backupNames(farm);
    await farm.tick();

    assert.equal(result, 'ready');
    assert.deepEqual(ofFirst, ['first']);
    assert.deepEqual((await backupNames(farm)).sort(), ['first', 'second']);
  });
});
