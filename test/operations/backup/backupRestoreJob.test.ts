import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { renderedJob, untilGone, wholeJob } from '../../support/backups.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

const paused = async (farm: TestFarm, change: Parameters<typeof aJob>[1] = {}): Promise<number> =>
  (await farm.admin.jobSubmit({ job: aJob(3, { paused: true, ...change }) })).id;
const parentOf = async (farm: TestFarm, id: number): Promise<number> =>
  (await farm.admin.jobGet({ id })).job.parentId;

describe('backupRestoreJob', () => {
  it('brings a deleted job back under its own id, as it was', async (t) => {
    const farm = await startFarm(t);
    const id = await renderedJob(farm);
    const before = await wholeJob(farm, id);
    await farm.admin.backupJobAndDelete({ id });
    await untilGone(farm);

    const answer = await farm.admin.backupRestoreJob({ id });
    await farm.drain();

    assert.deepEqual(answer, { id, result: 'ready', chunkCount: 4, attemptCount: 5 });
    assert.deepEqual(await wholeJob(farm, id), before);
    assert.equal((await farm.admin.backupQuery({})).jobs.length, 1);
  });

  it('makes another job of one that is in the queue only if told to', async (t) => {
    const farm = await startFarm(t);
    const id = await renderedJob(farm);
    await farm.admin.backupJob({ id });
    await assertRefusedWhole(farm, 'backupRestoreJob', 'already-exists', { what: 'job', id }, { id });

    const answer = await farm.admin.backupRestoreJob({ id, actionMode: ['duplicate-entry'] });

    assert.notEqual(answer.id, id);
    const [original, copy] = await Promise.all([wholeJob(farm, id), wholeJob(farm, answer.id)]);
    const renamed = JSON.parse(
      JSON.stringify(original, (key, value) =>
        (key === 'jobId' || key === 'id') && value === id ? answer.id : value,
      ),
    );
    assert.deepEqual(copy, renamed);
  });

  it('refuses a job that is still being deleted, but not to duplicate it', async (t) => {
    const farm = await startFarm(t);
    const id = await paused(farm);
    await farm.admin.backupJobAndDelete({ id });
    const details = { what: 'job', id, from: 'deleting', event: 'restore' };
    await assertRefusedWhole(farm, 'backupRestoreJob', 'transition-refused', details, { id });
    farm.clock.advance(61_000);
    await farm.tick();
    await assertRefusedWhole(farm, 'backupRestoreJob', 'transition-refused', details, { id });

    const { id: copy } = await farm.admin.backupRestoreJob({ id, actionMode: ['duplicate-entry'] });

    assert.notEqual(copy, id);
  });

  it('goes on where the job was: what was touched stays, the rest is handed out', async (t) => {
    const farm = await startFarm(t);
    const id = await paused(farm);
    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 2, status: 'completed' });
    await farm.admin.backupJobAndDelete({ id });
    await untilGone(farm);

    await farm.admin.backupRestoreJob({ id });
    await farm.drain();
    await farm.admin.jobEdit({ id, changes: { paused: false } });
    const node = await farm.addNode('alpha');
    const rendered: number[] = [];
    for (let work = await node.claim(); work !== null; work = await node.report()) {
      rendered.push(work.assignment.index + 1);
    }
    await farm.drain();

    assert.deepEqual(rendered, [1, 3]);
    const { job } = await farm.admin.jobGet({ id });
    assert.deepEqual([job.status, job.counts.completed], ['completed', 3]);
  });

  it('waits again for jobs that it depends on, and is found by those that wait for it', async (t) => {
    const farm = await startFarm(t);
    const { id: parent } = await farm.admin.jobSubmit({ job: aJob(1) });
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { dependIds: [parent] }) });
    await farm.admin.backupJobAndDelete({ id });
    await untilGone(farm);

    await farm.admin.backupRestoreJob({ id });
    await farm.drain();
    const waiting = (await farm.admin.jobGet({ id })).job.status;
    await farm.admin.chunkSetStatus({ jobId: parent, chunkId: 1, status: 'completed' });
    await farm.drain();

    assert.equal(waiting, 'waiting');
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'queued');
  });

  it('puts a job into the folder that it was in, or to the root if that is gone', async (t) => {
    const farm = await startFarm(t);
    const { id: folder } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    const id = await paused(farm, { parentId: folder });
    await farm.admin.backupJobAndDelete({ id });
    await untilGone(farm);

    await farm.admin.backupRestoreJob({ id });
    const inFolder = await parentOf(farm, id);
    await farm.admin.jobDelete({ id });
    await untilGone(farm);
    await farm.admin.jobDelete({ id: folder });
    await untilGone(farm);
    await farm.admin.backupRestoreJob({ id });

    assert.equal(inFolder, folder);
    assert.equal(await parentOf(farm, id), -1);
  });

  it('brings back the folders that it was in, once for all of their jobs', async (t) => {
    const farm = await startFarm(t);
    const { id: show } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    const { id: shots } = await farm.admin.jobAddFolder({ parentId: show, name: 'shots' });
    const ids = [await paused(farm, { parentId: shots }), await paused(farm, { parentId: shots })];
    for (const id of ids) await farm.admin.backupJobAndDelete({ id });
    await untilGone(farm);
    for (const id of [shots, show]) {
      await farm.admin.jobDelete({ id });
      await untilGone(farm);
    }

    for (const id of ids) await farm.admin.backupRestoreJob({ id, actionMode: ['restore-parents'] });

    const { jobs } = await farm.admin.jobGetList({});
    assert.deepEqual(
      jobs.map(({ id, name, parentId }) => [id, name, parentId]),
      [
        [show, 'Rome', -1],
        [shots, 'shots', show],
        [ids[0], 'a job', shots],
        [ids[1], 'a job', shots],
      ],
    );
  });

  it('puts a job into another folder, or to the root, if told to', async (t) => {
    const farm = await startFarm(t);
    const { id: former } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    const { id: other } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Milan' });
    const id = await paused(farm, { parentId: former });
    await farm.admin.backupJob({ id });
    const actionMode = ['duplicate-entry'] as const;

    const inOther = await farm.admin.backupRestoreJob({ id, actionMode, newParentId: other });
    const atRoot = await farm.admin.backupRestoreJob({ id, actionMode, newParentId: -1 });
    const back = await farm.admin.backupRestoreJob({ id, actionMode, newParentId: 0 });

    assert.equal(await parentOf(farm, inOther.id), other);
    assert.equal(await parentOf(farm, atRoot.id), -1);
    assert.equal(await parentOf(farm, back.id), former);
  });

  it('refuses a parent that is not a folder or not there, and a backup that is not there', async (t) => {
    const farm = await startFarm(t);
    const id = await paused(farm);
    await farm.admin.backupJob({ id });
    const actionMode = ['duplicate-entry'] as const;

    await assertRefusedWhole(
      farm,
      'backupRestoreJob',
      'invalid-input',
      { field: 'newParentId', rule: `must be a folder; ${id} is a job` },
      { id, actionMode, newParentId: id },
    );
    await assertRefusedWhole(
      farm,
      'backupRestoreJob',
      'not-found',
      { what: 'folder', id: 99 },
      { id, actionMode, newParentId: 99 },
    );
    await assertRefusedWhole(farm, 'backupRestoreJob', 'not-found', { what: 'backup', id: 99 }, { id: 99 });
  });

  it('refuses a backup whose parts are not what was written, and takes back what it has put', async (t) => {
    const farm = await startFarm(t);
    const id = await renderedJob(farm);
    await farm.admin.backupJob({ id });
    const folder = (await farm.context.backups.find(id))?.body.folder ?? '';
    const { gunzipSync, gzipSync } = await import('node:zlib');
    const part = join(farm.data, 'blobs', 'backups', folder, '000000.ndjson.gz');
    const body = await farm.context.blobs.read(`backups/${folder}/000000.ndjson.gz`);
    const text = gunzipSync(body ?? '').toString();
    writeFileSync(part, gzipSync(text.replace('attempt 2', 'attempt 3')));
    const actionMode = ['duplicate-entry'] as const;

    await assertRefusedWhole(
      farm,
      'backupRestoreJob',
      'backup-damaged',
      { id, rule: 'its checksum is wrong' },
      { id, actionMode },
    ).catch((error: unknown) => error);
    await farm.tick();

    assert.deepEqual(await farm.context.backups.work(), []);
    const { jobs } = await farm.admin.jobGetList({});
    assert.deepEqual(
      jobs.map((job) => job.id),
      [id],
    );
  });

  it('refuses another restore of the job while one is under way, and carries that one on', async (t) => {
    const farm = await startFarm(t);
    const id = await paused(farm);
    await farm.admin.backupJob({ id });
    farm.clock.advance(1_000);
    const { id: second } = await farm.admin.backupJob({ id, overwriteMode: 'add' });
    await farm.admin.jobDelete({ id });
    await untilGone(farm);
    farm.writes.crashAfter(2);
    await assert.rejects(farm.admin.backupRestoreJob({ id }), { code: 'internal' });
    farm.writes.calm();

    await assertRefusedWhole(
      farm,
      'backupRestoreJob',
      'archive-busy',
      { what: 'backup', id, work: 'another restore of the job' },
      { id: second },
    );
    const answer = await farm.admin.backupRestoreJob({ id });

    assert.equal(answer.id, id);
    assert.equal(answer.result, 'ready');
  });

  it('refuses to let jobs wait for each other', async (t) => {
    const farm = await startFarm(t);
    const { id: first } = await farm.admin.jobSubmit({ job: aJob(1, { paused: true }) });
    const id = await paused(farm, { dependIds: [first] });
    await farm.admin.backupJob({ id });
    await farm.admin.jobEdit({ id, changes: { dependIds: [] } });
    await farm.admin.jobEdit({ id: first, changes: { dependIds: [id] } });
    await farm.admin.jobDelete({ id });
    await untilGone(farm);

    const refused = farm.admin.backupRestoreJob({ id });

    await assert.rejects(refused, {
      code: 'backup-damaged',
      details: { id, rule: `jobs would wait for each other: ${id} waits for ${first} waits for ${id}` },
    });
  });
});
