/** Defects that the simulation found, each with the shortest story that shows it. The list: docs/simulation.md. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HookAnswer } from '../../shared/contract/hooks.ts';
import type { Item, Key, Table } from '../../shared/store/table.ts';
import type { TableName } from '../../shared/store/tables.ts';
import { commandTemplate } from '../../templates/command.ts';
import { aJob } from '../support/aJob.ts';
import { untilGone } from '../support/backups.ts';
import { assertConsistent, renderAll, twoTicks } from '../support/consistency.ts';
import { exportedText } from '../support/queueImports.ts';
import { onEmbedded, startFarm, type TestFarm } from '../support/startFarm.ts';
import { withVerbs } from '../support/withVerbs.ts';

/** A table whose cheap reads do not see items of some kind yet. */
function forgetful(table: Table, partitionPrefix: string): Table {
  const get = async (
    name: TableName,
    key: Key,
    options?: { readonly consistent?: boolean },
  ): Promise<Item | undefined> => {
    const isSeen = options?.consistent === true || !key.pk.startsWith(partitionPrefix);
    return isSeen ? table.get(name, key, options) : undefined;
  };
  return withVerbs(table, { get });
}

/** A table whose answers to puts and to updates that do not add are lost once each: the SDK sends them again. */
function repeating(table: Table): Table {
  return withVerbs(table, {
    async put(...write) {
      await table.put(...write);
      return table.put(...write);
    },
    async update(...write) {
      if (write[2].add === undefined) await table.update(...write);
      return table.update(...write);
    },
  });
}

/** A table after whose next update of an item of some kind something happens at once. */
function afterNextUpdate(
  table: Table,
  partitionPrefix: string,
  takeAction: () => (() => Promise<unknown>) | undefined,
): Table {
  const update = async (...write: Parameters<Table['update']>) => {
    const result = await table.update(...write);
    if (write[1].pk.startsWith(partitionPrefix)) await takeAction()?.();
    return result;
  };
  return withVerbs(table, { update });
}

describe('found by simulation', () => {
  it('a report of an attempt that was lost meanwhile is refused, not answered as if it counted', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');
    await node.claim();
    farm.clock.advance(91_000);
    await farm.tick();

    await assert.rejects(node.report(), { code: 'stale-attempt' });

    assert.equal((await farm.admin.chunkGet({ jobId: id, chunkId: 1 })).chunk.status, 'queued');
  });

  it('a recount on demand does not end a job while a slot is out, the tick does when it was lost', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    await alpha.claim();
    // A claim that dies with its slot in hand.
    farm.writes.crashOnceAfter('STATES');
    await assert.rejects(beta.claim());
    farm.writes.calm();
    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 2, status: 'completed' });
    await alpha.report({ wantsNext: false });

    await farm.admin.jobUpdateStatus({ id });
    const early = (await farm.admin.jobGet({ id })).job;
    await twoTicks(farm);
    const late = (await farm.admin.jobGet({ id })).job;

    assert.deepEqual([early.status, early.runningCount], ['in-progress', 1]);
    assert.deepEqual([late.status, late.runningCount], ['completed', 0]);
    await assertConsistent(farm, id);
  });

  it('a recount on demand leaves the counts to a claim that is under way', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    await alpha.claim();
    await beta.claim();
    await beta.report({ outcome: 'interrupted', exitCode: null, wantsNext: false });
    // Between the slot and the chunk: the count is a slot ahead of the items.
    farm.writes.beforeFirst('CHUNKS', () => farm.admin.jobUpdateStatus({ id }));

    await beta.claim();

    const { job } = await farm.admin.jobGet({ id });
    assert.deepEqual([job.counts.queued, job.runningCount], [0, 2]);
    await assertConsistent(farm, id);
  });

  it('a token that was made a moment ago is believed, although the cheap read does not see it yet', async (t) => {
    const farm = await startFarm(t, { wrapTable: (table) => forgetful(table, 'TOKENS#') });

    const node = await farm.addNode('alpha');

    assert.equal(await node.claim(), null);
  });

  it('a node that registered a moment ago is given work, although the cheap read does not see it yet', async (t) => {
    const farm = await startFarm(t, { wrapTable: (table) => forgetful(table, 'NODES#') });
    await farm.admin.jobSubmit({ job: aJob(1) });

    const node = await farm.addNode('alpha');

    assert.equal((await node.claim())?.packet.startFrame, 1);
  });

  it('a deleted job whose burial died half-way is gone after the next tick', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    await farm.admin.jobDelete({ id });
    await farm.drain();
    farm.clock.advance(60_000);
    farm.writes.crashOnceAfter('JOBS#');
    await farm.tick();
    farm.writes.calm();

    await farm.tick();

    assert.equal(await farm.context.jobs.findState(id, { consistent: true }), undefined);
  });

  it('a chunk of a former generation that is written late, by a function that took long, is swept with the others', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    const node = await farm.addNode('alpha');
    await node.claim();
    await farm.admin.jobReinit({ id });
    await farm.tick();
    const late = { jobId: id, generation: 1, index: 1, total: 2 };
    await farm.context.chunks.createQueued(late, 'written late');

    await twoTicks(farm);

    assert.equal(await farm.context.chunks.find(late, { consistent: true }), undefined);
  });

  it('a node that is resumed while it registers again comes back resumed', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.admin.nodePause({ id: node.id, kill: false });
    farm.writes.beforeFirst('NODESTATES', () => farm.admin.nodeResume({ id: node.id }));

    await farm.addNode('alpha');

    assert.equal((await farm.admin.nodeGet({ id: node.id })).node.paused, false);
  });

  it('a job that waits for one that failed may start when that one is deleted', async (t) => {
    const farm = await startFarm(t);
    const { id: parent } = await farm.admin.jobSubmit({ job: aJob(1, { maximumChunksRequeue: 0 }) });
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { dependIds: [parent] }) });
    const node = await farm.addNode('alpha');
    await node.claim();
    await node.report({ outcome: 'failed', exitCode: 1, wantsNext: false });
    await farm.drain();

    await farm.admin.jobDelete({ id: parent });
    await farm.drain();

    assert.equal((await node.claim())?.assignment.jobId, id);
  });

  it('a job that follows another chunk by chunk may start when it is given a parent that has ended', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id: done } = await farm.admin.jobSubmit({ job: aJob(1) });
    await renderAll(farm, [node]);
    const { id: paused } = await farm.admin.jobSubmit({ job: aJob(1, { paused: true }) });
    const { id } = await farm.admin.jobSubmit({
      job: aJob(1, { dependIds: [paused], dependLinkMode: 'chunks' }),
    });
    await farm.drain();

    await farm.admin.jobEdit({ id, changes: { dependIds: [done] } });
    await farm.drain();

    assert.equal((await node.claim())?.assignment.jobId, id);
  });

  it('a chunk that is queued by hand keeps its job from ending while it is written', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    await renderAll(farm, [node]);
    // The recount that the reopened job asks for finds every chunk ended still.
    farm.writes.beforeFirst('CHUNKS', () => farm.drain());

    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 1, status: 'queued' });
    await renderAll(farm, [node]);

    const { job } = await farm.admin.jobGet({ id });
    assert.deepEqual([job.status, job.counts.completed], ['completed', 2]);
    assert.equal((await farm.admin.chunkGet({ jobId: id, chunkId: 1 })).chunk.attempt, 2);
    await assertConsistent(farm, id);
  });

  it('a claim whose writes were sent twice, because their answers were lost, has taken one chunk', async (t) => {
    let isRepeating = false;
    const farm = await startFarm(t, {
      wrapTable: (table) => {
        const twice = repeating(table);
        return new Proxy(table, {
          get(target, verb) {
            const from = isRepeating ? twice : target;
            const value = Reflect.get(from, verb);
            return typeof value === 'function' ? value.bind(from) : value;
          },
        });
      },
    });
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    isRepeating = true;

    const work = await node.claim();

    isRepeating = false;
    assert.deepEqual([work?.assignment.index, work?.assignment.attempt], [0, 1]);
    assert.equal((await farm.admin.jobGet({ id })).job.runningCount, 1);
    await farm.drain();
    await assertConsistent(farm, id);
  });

  it('a job whose parent was deleted can still be edited', async (t) => {
    const farm = await startFarm(t);
    const { id: parent } = await farm.admin.jobSubmit({ job: aJob(1) });
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { dependIds: [parent], paused: true }) });
    await farm.admin.jobDelete({ id: parent });
    await farm.drain();
    await farm.tick();

    await farm.admin.jobEdit({ id, changes: { paused: false } });

    const node = await farm.addNode('alpha');
    await farm.drain();
    assert.equal((await node.claim())?.assignment.jobId, id);
  });

  it('a node that does not come for what was pushed to it gets nothing more until it is heard of', async (t) => {
    const farm = await startFarm(t);
    const silent = await farm.addNode('alpha');
    await silent.claim();
    const other = await farm.addNode('beta');
    await other.claim();
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.drain();
    farm.clock.advance(31_000);

    await farm.tick();
    await farm.drain();

    // The longest idle node is asked first, so the chunk was pushed to alpha and goes to beta now.
    assert.equal((await farm.admin.nodeGet({ id: silent.id })).node.status, 'offline');
    assert.equal((await other.claim())?.assignment.jobId, id);
    await silent.heartbeat();
    assert.equal((await farm.admin.nodeGet({ id: silent.id })).node.status, 'idle');
    await renderAll(farm, [other]);
    await assertConsistent(farm, id);
  });

  it('a node that comes for a pushed chunk during the sweep keeps it', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await node.claim();
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.drain();
    farm.clock.advance(31_000);
    farm.writes.beforeFirst('NODESTATES', () => node.claim());

    await farm.tick();

    const { chunk } = await farm.admin.chunkGet({ jobId: id, chunkId: 1 });
    assert.deepEqual([chunk.status, chunk.attempt], ['running', 1]);
    assert.ok(node.work);
    await assertConsistent(farm, id);
  });

  it('a repair in the middle of a report leaves it the slot that it passes on', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(4) });
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    await alpha.claim();
    farm.writes.crashOnceAfter('STATES#');
    await assert.rejects(beta.claim());
    farm.writes.calm();
    await farm.admin.nodePause({ id: beta.id, kill: false });
    await farm.tick();
    farm.clock.advance(60_000);
    farm.writes.beforeFirst('STATES#', () => farm.tick());

    await alpha.report();

    const { job } = await farm.admin.jobGet({ id });
    assert.equal(job.runningCount, 2);
    for (let minute = 0; minute < 3; minute += 1) {
      farm.clock.advance(60_000);
      await alpha.heartbeat();
      await farm.tick();
      await farm.drain();
    }
    await assertConsistent(farm, id);
  });

  it('a running chunk that is set by hand is counted once, although the job is recounted at that moment', async (t) => {
    const actions: (() => Promise<unknown>)[] = [];
    const farm = await startFarm(t, {
      wrapTable: (table) => afterNextUpdate(table, 'STATES#', () => actions.pop()),
    });
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');
    await node.claim();
    actions.push(() => farm.drain());

    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 1, status: 'failed' });

    await farm.drain();
    const { job } = await farm.admin.jobGet({ id });
    assert.deepEqual([job.status, job.counts.failed], ['failed', 1]);
  });

  it('the last chunk of a job, set by hand, is counted once, although a recount ends the job with it', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    farm.writes.beforeFirst('STATES#', () => farm.admin.jobUpdateStatus({ id }));

    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 1, status: 'completed' });
    await farm.drain();

    const { job } = await farm.admin.jobGet({ id });
    assert.deepEqual([job.status, job.counts.completed], ['completed', 1]);
  });

  it('a chunk that is set by hand comes to be counted, although whoever set it died before', async (t) => {
    const farm = await startFarm(t);
    const { id: parent } = await farm.admin.jobSubmit({ job: aJob(1) });
    const { id } = await farm.admin.jobSubmit({ job: aJob(2, { dependIds: [parent] }) });
    await farm.drain();
    farm.writes.crashOnceAfter('CHUNKS');
    await assert.rejects(farm.admin.chunkSetStatus({ jobId: id, chunkId: 1, status: 'completed' }));
    farm.writes.calm();

    await farm.drain();

    const { job } = await farm.admin.jobGet({ id });
    assert.deepEqual([job.status, job.counts.completed], ['waiting', 1]);
  });

  it('a node that is removed while the tick recalls nodes of a deleted job does not keep it from the others', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    await alpha.claim();
    await beta.claim();
    farm.clock.advance(91_000);
    await beta.heartbeat();
    await farm.admin.jobDelete({ id });
    // The tick has read its nodes, and has ended the lease of one.
    farm.writes.beforeFirst('CHUNKS', () => farm.admin.nodeRemoveRegistration({ id: alpha.id }));

    await farm.tick();

    const state = await farm.context.nodes.findState(beta.id, { consistent: true });
    assert.equal(state?.assignment, null);
  });

  it('a repair that meets an attempt which somebody else is ending leaves them its slot', async (t) => {
    const farm = await startFarm(t);
    const { id, alpha } = await withAnOrphan(farm);
    const { assignment } = alpha.work ?? assert.fail('alpha runs a chunk');
    farm.writes.beforeFirst('STATES#', () =>
      farm.context.chunks.end(assignment, {
        token: assignment.token,
        status: 'queued',
        outcome: 'lost',
        endedAt: new Date(farm.clock.now()).toISOString(),
        exitCode: null,
        message: 'its node was silent',
        cpuSeconds: 0,
        peakMemoryMb: 0,
        isPenalty: true,
      }),
    );

    await farm.tick();
    await farm.context.jobs.end(id, assignment.generation, 'queued');

    await assertConsistent(farm, id);
  });

  it('a job that waits for its licence goes on waiting when the feed repeats an edit that came before', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(4) });
    const alpha = await farm.addNode('alpha');
    await alpha.claim();
    await farm.admin.jobEdit({ id, changes: { priority: 7 } });
    await alpha.report({ outcome: 'interrupted', exitCode: 100, lacksLicence: true, wantsNext: false });

    await farm.drain();

    const { job } = await farm.admin.jobGet({ id });
    assert.deepEqual([job.priority, job.status], [7, 'delayed']);
    await farm.admin.jobEdit({ id, changes: { priority: 8 } });
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'queued');
  });

  it('a job that is given other parents at the moment at which it may start waits for them', async (t) => {
    const farm = await startFarm(t);
    const [first, second] = [
      await farm.admin.jobSubmit({ job: aJob(1) }),
      await farm.admin.jobSubmit({ job: aJob(1) }),
    ];
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { dependIds: [first.id] }) });
    farm.writes.beforeFirst('STATES#', async () => {
      const { state } = await farm.context.jobs.get(id);
      const may = { ...state, status: 'queued', statusReason: 'may start' } as const;
      assert.ok((await farm.context.jobs.replaceState(may, state.version)).applied);
    });

    await farm.admin.jobEdit({ id, changes: { dependIds: [second.id] } });

    assert.equal((await farm.admin.jobGet({ id })).job.status, 'waiting');
  });

  it('a job that comes back from the archive has no version twice, though it went on after its backup', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { paused: true }) });
    const requestToken = 'backup-of-a-paused-job';
    const entry = await farm.admin.backupJob({ id, overwriteMode: 'keep', requestToken });
    await farm.admin.jobEdit({ id, changes: { paused: false } });
    await farm.admin.jobEdit({ id, changes: { paused: true } });
    const { state: last } = await farm.context.jobs.get(id);
    await farm.admin.jobDelete({ id });
    await twoTicks(farm);
    farm.clock.advance(310_000);

    await farm.admin.backupRestoreJob({
      id: entry.id,
      actionMode: [],
      newParentId: 0,
      requestToken: 'restore-of-a-paused-job',
    });

    const { state } = await farm.context.jobs.get(id);
    assert.ok(state.version > last.version, `${state.version} after ${last.version}`);
  });

  onEmbedded(
    'a job that comes back from the archive has its hook asked about what it let start since',
    async (t) => {
      let mayStart = false;
      const onValidateChunkDependancies = async (): Promise<HookAnswer> =>
        mayStart ? { kind: 'ok' } : { kind: 'error', message: 'not yet' };
      const template = { ...commandTemplate, hooks: { onValidateChunkDependancies } };
      const farm = await startFarm(t, { templates: [template] });
      const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
      await farm.drain();
      await farm.admin.jobEdit({ id, changes: { paused: true } });
      await farm.drain();
      await farm.admin.backupJob({ id });
      mayStart = true;
      await farm.admin.jobEdit({ id, changes: { paused: false } });
      await farm.drain();
      await farm.admin.jobDelete({ id });
      await untilGone(farm);

      await farm.admin.backupRestoreJob({ id });
      await farm.admin.jobEdit({ id, changes: { paused: false } });
      await farm.drain();

      assert.equal((await farm.admin.jobGet({ id })).job.counts.queued, 2);
    },
  );

  it('a job that is edited as it is backed up and deleted stays, with what was edited', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { paused: true, priority: 40 }) });
    // The job itself is written first: whoever deletes it sees the state that it had.
    farm.writes.beforeFirst('STATES#', async () => {
      const { spec } = await farm.context.jobs.get(id);
      const edited = { ...spec, priority: 60, specVersion: spec.specVersion + 1 };
      assert.ok(await farm.context.jobs.replaceSpec(edited, spec.specVersion));
    });

    await assert.rejects(farm.admin.backupJobAndDelete({ id }), { code: 'conflict' });

    assert.equal((await farm.admin.jobGet({ id })).job.priority, 60);
    await twoTicks(farm);
    assert.equal((await farm.admin.jobGet({ id })).job.priority, 60);
  });

  it('a move of a job that goes is refused, and not answered as if it counted', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { paused: true }) });
    const { id: newParentId } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    farm.writes.beforeFirst('JOBS#', () => farm.admin.backupJobAndDelete({ id }));

    await assert.rejects(farm.admin.jobReparent({ id, newParentId }), { code: 'not-found' });
  });

  it('a chunk that ends as it is put back into the queue by hand is counted once', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    await alpha.claim();
    await beta.claim();
    farm.writes.beforeFirst('CHUNKS#', () => alpha.report({ wantsNext: false }));

    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 1, status: 'queued' });

    const { state } = await farm.context.jobs.get(id);
    assert.deepEqual([state.slots, state.counts], [1, { queued: 1, completed: 0, warning: 0, failed: 0 }]);
  });

  it('a job waits for its licence also when somebody else had ended the attempt that got none', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(4) });
    const alpha = await farm.addNode('alpha');
    await alpha.claim();
    await farm.admin.nodeKillProcessAndPause({ id: alpha.id });

    await alpha.report({ outcome: 'interrupted', exitCode: 100, lacksLicence: true });

    assert.equal((await farm.admin.jobGet({ id })).job.status, 'delayed');
  });

  it('a job that waits for its licence goes on waiting when the feed tells late of its import', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    const request = { sql: await exportedText(farm), requestToken: 'import-of-a-queue' };
    assert.equal((await farm.admin.dbImportQueueSQL(request)).result, 'started');
    farm.clock.advance(31_000);
    assert.equal((await farm.admin.dbImportQueueSQL(request)).result, 'ready');
    const alpha = await farm.addNode('alpha');
    await alpha.claim();
    await alpha.report({ outcome: 'interrupted', exitCode: 100, lacksLicence: true, wantsNext: false });

    await farm.drain();

    assert.equal((await farm.admin.jobGet({ id })).job.status, 'delayed');
  });

  it('a node whose chunk is set by hand is stopped, also by a function that dies before it has', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const alpha = await farm.addNode('alpha');
    await alpha.claim();
    farm.writes.crashOnceAfter('STATES#');
    await assert.rejects(farm.admin.chunkSetStatus({ jobId: id, chunkId: 1, status: 'completed' }));

    await farm.drain();

    const state = await farm.context.nodes.findState(alpha.id, { consistent: true });
    assert.equal(state?.assignment, null);
  });

  onEmbedded('a job whose parent begins anew while its hook is asked waits for it', async (t) => {
    let ask = async (): Promise<void> => {};
    const onValidateJobDependancies = (): Promise<void> => ask();
    const gated = { ...commandTemplate, id: 9_001, hooks: { onValidateJobDependancies } };
    const farm = await startFarm(t, { templates: [commandTemplate, gated] });
    const parent = await farm.admin.jobSubmit({ job: aJob(1) });
    const { id } = await farm.admin.jobSubmit({
      job: aJob(1, { templateId: 9_001, dependIds: [parent.id] }),
    });
    ask = async () => void (await farm.admin.jobReinit({ id: parent.id }));
    const alpha = await farm.addNode('alpha');
    await alpha.claim();
    await alpha.report({ wantsNext: false });

    await farm.drain();

    assert.equal((await farm.admin.jobGet({ id })).job.status, 'waiting');
  });

  it('a chunk that is started again on its node by two requests at once stays there', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const alpha = await farm.addNode('alpha');
    await alpha.claim();
    farm.writes.beforeFirst('NODESTATES', () => farm.admin.nodeKillProcessAndRestart({ id: alpha.id }));

    await farm.admin.nodeKillProcessAndRestart({ id: alpha.id });

    const { chunk } = await farm.admin.chunkGet({ jobId: id, chunkId: 1 });
    const state = await farm.context.nodes.findState(alpha.id, { consistent: true });
    assert.deepEqual([chunk.status, chunk.nodeId, chunk.attempt], ['running', alpha.id, 2]);
    assert.equal(state?.assignment?.attempt, 2);
  });

  it('a repair that dies half-way leaves a late report its slot', async (t) => {
    const farm = await startFarm(t);
    const { id, alpha } = await withAnOrphan(farm);
    farm.writes.crashOnceAfter('STATES#');
    await farm.tick();
    farm.writes.calm();

    await alpha.report({ wantsNext: false });

    const { state } = await farm.context.jobs.get(id);
    assert.deepEqual([state.slots, state.counts.completed], [1, 1]);
  });
});

/** A job with two slots out, one of a claim that died and one of a chunk that runs although its node is given up. */
async function withAnOrphan(farm: TestFarm) {
  const { id } = await farm.admin.jobSubmit({ job: aJob(4) });
  const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
  await alpha.claim();
  farm.writes.crashOnceAfter('STATES#');
  await assert.rejects(beta.claim());
  farm.clock.advance(91_000);
  farm.writes.crashOnceAfter('NODESTATES');
  await farm.tick();
  farm.writes.calm();
  farm.clock.advance(60_000);
  return { id, alpha };
}
