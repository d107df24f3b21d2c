/** Defects that twenty thousand seeds found, each with the shortest story that shows it. The list: docs/simulation.md. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Table } from '../../shared/store/table.ts';
import { aJob } from '../support/aJob.ts';
import { assertConsistent, renderAll } from '../support/consistency.ts';
import { startFarm } from '../support/startFarm.ts';
import { withVerbs } from '../support/withVerbs.ts';

/**
 * A table in which something happens after a strong read of a job, if `takeAction` gives it, and before a read of its state
 * that was asked for at the same time.
 */
function afterReadOfJob(table: Table, takeAction: () => (() => Promise<unknown>) | undefined): Table {
  let happening: Promise<unknown> | undefined;
  const readJob: Table['get'] = async (...read) => {
    const action = takeAction();
    if (action === undefined) return table.get(...read);
    let isDone = (): void => undefined;
    happening = new Promise<void>((resolve) => {
      isDone = resolve;
    });
    const item = await table.get(...read);
    happening = undefined;
    await action();
    isDone();
    return item;
  };
  const get: Table['get'] = async (name, key, options) => {
    if (options?.consistent && key.pk.startsWith('JOBS#')) return readJob(name, key, options);
    if (key.pk.startsWith('STATES#')) await happening;
    return table.get(name, key, options);
  };
  return withVerbs(table, { get });
}

/** A farm in which something happens at the so manieth strong read of a job from now on. */
async function startWithReads(t: TestContext) {
  let left = 0;
  let action = async (): Promise<unknown> => undefined;
  const farm = await startFarm(t, {
    wrapTable: (table) => afterReadOfJob(table, () => (left > 0 && --left === 0 ? action : undefined)),
  });
  return {
    farm,
    atRead(count: number, taken: () => Promise<unknown>): void {
      left = count;
      action = taken;
    },
  };
}

describe('found by long runs of the simulation', () => {
  it('a folder is deleted although half a submission was left in it', async (t) => {
    const farm = await startFarm(t);
    const { id: folderId } = await farm.admin.jobAddFolder({ parentId: -1, name: 'shots' });
    farm.writes.crashOnceAfter('JOBS#');
    await assert.rejects(farm.admin.jobSubmit({ job: aJob(1, { parentId: folderId }) }));
    farm.writes.calm();
    await farm.admin.jobDelete({ id: folderId });

    for (let minute = 0; minute < 3; minute += 1) {
      farm.clock.advance(60_000);
      await farm.tick();
    }

    assert.equal(await farm.context.jobs.findState(folderId, { consistent: true }), undefined);
  });

  it('of a node that is removed while it registers no half is left', async (t) => {
    const farm = await startFarm(t);
    const former = await farm.addNode('alpha');
    await former.leave();
    farm.writes.beforeFirst('NODES#', () => farm.admin.nodeRemoveRegistration({ id: former.id }));

    await assert.rejects(farm.addNode('alpha'), { code: 'conflict' });
    const present = await farm.addNode('alpha');

    assert.notEqual(present.id, former.id);
    assert.equal(await farm.context.nodes.find(former.id, { consistent: true }), undefined);
    assert.equal(await farm.context.nodes.findState(former.id, { consistent: true }), undefined);
    assert.deepEqual(
      (await farm.admin.nodeGetList({})).nodes.map(({ id }) => id),
      [present.id],
    );
  });

  it('a job whose maximum of instances is lowered while it is handed out to many nodes keeps to it', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(4, { paused: true }) });
    const nodes = [await farm.addNode('alpha'), await farm.addNode('beta')];
    for (const node of nodes) await node.claim();
    await farm.drain();
    await farm.admin.jobEdit({ id, changes: { paused: false } });
    farm.writes.beforeFirst('STATES#', () => farm.admin.jobEdit({ id, changes: { maximumInstances: 1 } }));

    await farm.drain();

    assert.equal((await farm.admin.jobGet({ id })).job.runningCount, 1);
    for (const node of nodes) await node.claim();
    await renderAll(farm, nodes);
    await assertConsistent(farm, id);
  });

  it('a job that is edited twice at the same time is what the later edit says', async (t) => {
    const { farm, atRead } = await startWithReads(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    const node = await farm.addNode('alpha');
    // The first edit is written, and its state is about to follow.
    atRead(2, async () => {
      await farm.admin.jobEdit({ id, changes: { endFrame: 3 } });
      await farm.drain();
    });

    await farm.admin.jobEdit({ id, changes: { name: 'another' } });

    await farm.drain();
    for (let work = await node.claim(); work !== null; ) work = await node.report();
    await farm.drain();
    const { job } = await farm.admin.jobGet({ id });
    assert.deepEqual([job.status, job.chunkCount, job.counts.completed], ['completed', 3, 3]);
  });

  it('a job that is reinitialised while its priority is raised has the new one', async (t) => {
    const { farm, atRead } = await startWithReads(t);
    await farm.admin.jobSubmit({ job: aJob(1, { priority: 60 }) });
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { priority: 50 }) });
    // The first read is for whether the caller may.
    atRead(2, async () => {
      await farm.admin.jobEdit({ id, changes: { priority: 90 } });
      await farm.drain();
    });

    await farm.admin.jobReinit({ id });

    await farm.drain();
    const node = await farm.addNode('alpha');
    assert.equal((await node.claim())?.assignment.jobId, id);
  });

  it('a job whose edit was cut off is not backed up before the edit is finished', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(2, { paused: true }) });
    farm.writes.crashOnceAfter('JOBS#');
    await assert.rejects(farm.admin.jobEdit({ id, changes: { endFrame: 3 } }));
    farm.writes.calm();

    await assert.rejects(farm.admin.backupJob({ id }), { code: 'archive-busy' });

    await farm.drain();
    assert.equal((await farm.admin.backupJob({ id })).result, 'ready');
  });

  it('a restore that is asked for twice leaves the job alone once it is there', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(2, { paused: true }) });
    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 1, status: 'failed' });
    const entry = await farm.admin.backupJob({ id });
    const request = {
      id: entry.id,
      actionMode: ['duplicate-entry' as const],
      requestToken: 'restore-once-and-no-more',
    };
    // The second comes while the first is about to begin, and is done, its job gone on, before that does.
    farm.writes.beforeFirst('ARCHIVEWORK', async () => {
      const made = await farm.admin.backupRestoreJob(request);
      await farm.admin.chunkSetStatus({ jobId: made.id, chunkId: 1, status: 'completed' });
    });

    const { id: copy, result } = await farm.admin.backupRestoreJob(request);

    assert.equal(result, 'ready');
    assert.equal((await farm.admin.chunkGet({ jobId: copy, chunkId: 1 })).chunk.status, 'completed');
    assert.deepEqual(await farm.context.backups.work(), []);
  });
});
