import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../support/aJob.ts';
import { assertConsistent, renderAll, twoTicks } from '../support/consistency.ts';
import { onEmbedded, startFarm } from '../support/startFarm.ts';

describe('dependencies between jobs', () => {
  it('a job waits for its parent and starts when that has completed', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const parent = await farm.admin.jobSubmit({ job: aJob(1, { name: 'parent' }) });
    const child = await farm.admin.jobSubmit({ job: aJob(1, { name: 'child', dependIds: [parent.id] }) });
    assert.equal((await farm.admin.jobGet({ id: child.id })).job.status, 'waiting');
    assert.equal((await node.claim())?.assignment.jobId, parent.id);

    const next = await node.report();
    await farm.drain();

    assert.equal(next, null);
    assert.equal((await farm.admin.jobGet({ id: child.id })).job.status, 'in-progress');
    assert.equal((await node.claim())?.assignment.jobId, child.id);
  });

  it('a submit that races the end of its parent does not wait for ever', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const parent = await farm.admin.jobSubmit({ job: aJob(1) });
    await node.claim();
    // The parent ends, and its feed is read, after the child has looked at it and before the child exists.
    farm.writes.beforeFirst('STATES', async () => {
      farm.writes.calm();
      await node.report();
      await farm.drain();
    });

    const child = await farm.admin.jobSubmit({ job: aJob(1, { dependIds: [parent.id] }) });
    assert.equal((await farm.admin.jobGet({ id: parent.id })).job.status, 'completed');
    assert.equal((await farm.admin.jobGet({ id: child.id })).job.status, 'waiting');
    await farm.drain();

    assert.equal((await farm.admin.jobGet({ id: child.id })).job.status, 'in-progress');
    assert.equal((await node.claim())?.assignment.jobId, child.id);
  });

  for (const [mode, outcome, expected] of [
    ['success', 'completed', 'queued'],
    ['success', 'warning', 'queued'],
    ['success', 'failed', 'waiting'],
    ['ended', 'failed', 'queued'],
    ['failure', 'failed', 'queued'],
    ['failure', 'completed', 'waiting'],
  ] as const) {
    it(`with mode ${mode} a job is ${expected} after its parent ended as ${outcome}`, async (t) => {
      const farm = await startFarm(t);
      const node = await farm.addNode('alpha');
      const parent = await farm.admin.jobSubmit({ job: aJob(1, { maximumChunksRequeue: 0 }) });
      const child = await farm.admin.jobSubmit({
        job: aJob(1, { dependIds: [parent.id], dependMode: mode }),
      });
      await node.claim();

      await node.report({ outcome, exitCode: outcome === 'failed' ? 1 : 0, wantsNext: false });
      await node.leave();
      await farm.drain();

      assert.equal((await farm.admin.jobGet({ id: child.id })).job.status, expected);
    });
  }

  it('with link mode any one parent is enough', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const first = await farm.admin.jobSubmit({ job: aJob(1, { priority: 99 }) });
    const second = await farm.admin.jobSubmit({ job: aJob(1) });
    const child = await farm.admin.jobSubmit({
      job: aJob(1, { dependIds: [first.id, second.id], dependLinkMode: 'any' }),
    });
    await node.claim();
    await node.report({ wantsNext: false });
    await node.leave();
    await farm.drain();

    assert.equal((await farm.admin.jobGet({ id: first.id })).job.status, 'completed');
    assert.equal((await farm.admin.jobGet({ id: child.id })).job.status, 'queued');
  });

  it('a parent that is deleted holds nobody up', async (t) => {
    const farm = await startFarm(t);
    const parent = await farm.admin.jobSubmit({ job: aJob(1) });
    const child = await farm.admin.jobSubmit({ job: aJob(1, { dependIds: [parent.id] }) });

    await farm.admin.jobDelete({ id: parent.id });
    await farm.drain();

    assert.equal((await farm.admin.jobGet({ id: child.id })).job.status, 'queued');
  });

  it('a parent that is reopened later does not recall its child', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const parent = await farm.admin.jobSubmit({ job: aJob(1) });
    const child = await farm.admin.jobSubmit({ job: aJob(1, { dependIds: [parent.id] }) });
    await node.claim();
    await node.report({ wantsNext: false });
    await node.leave();
    await farm.drain();

    await farm.admin.chunkSetStatus({ jobId: parent.id, chunkId: 1, status: 'queued' });
    await farm.drain();

    assert.equal((await farm.admin.jobGet({ id: parent.id })).job.status, 'in-progress');
    assert.equal((await farm.admin.jobGet({ id: child.id })).job.status, 'queued');
  });

  it('jobs that would wait for each other are refused, and neither changes', async (t) => {
    const farm = await startFarm(t);
    const first = await farm.admin.jobSubmit({ job: aJob(1) });
    const second = await farm.admin.jobSubmit({ job: aJob(1, { dependIds: [first.id] }) });

    const edit = farm.admin.jobEdit({ id: first.id, changes: { dependIds: [second.id] } });

    await assert.rejects(edit, {
      code: 'invalid-input',
      details: {
        field: 'changes.dependIds',
        rule: 'jobs must not wait for each other: 1 waits for 2 waits for 1',
      },
    });
    assert.deepEqual((await farm.admin.jobGet({ id: first.id })).job.dependIds, []);
  });

  it('two edits at once that make a cycle together: the second is refused', async (t) => {
    const farm = await startFarm(t);
    const first = await farm.admin.jobSubmit({ job: aJob(1) });
    const second = await farm.admin.jobSubmit({ job: aJob(1) });
    farm.writes.beforeFirst('JOBS', () =>
      farm.admin.jobEdit({ id: second.id, changes: { dependIds: [first.id] } }),
    );

    const edit = farm.admin.jobEdit({ id: first.id, changes: { dependIds: [second.id] } });

    await assert.rejects(edit, { code: 'invalid-input' });
    assert.deepEqual((await farm.admin.jobGet({ id: first.id })).job.dependIds, []);
    assert.deepEqual((await farm.admin.jobGet({ id: second.id })).job.dependIds, [first.id]);
  });

  it('an edit that takes the dependency away lets the job start', async (t) => {
    const farm = await startFarm(t);
    const parent = await farm.admin.jobSubmit({ job: aJob(1) });
    const child = await farm.admin.jobSubmit({ job: aJob(1, { dependIds: [parent.id] }) });

    await farm.admin.jobEdit({ id: child.id, changes: { dependIds: [] } });

    assert.equal((await farm.admin.jobGet({ id: child.id })).job.status, 'queued');
  });
});

describe('dependencies chunk by chunk', () => {
  it('a chunk starts when the chunks of its parent that cover its frames have completed', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const parent = await farm.admin.jobSubmit({ job: aJob(4, { priority: 99 }) });
    const child = await farm.admin.jobSubmit({
      job: aJob(4, { packetSize: 2, dependIds: [parent.id], dependLinkMode: 'chunks' }),
    });
    await farm.drain();
    const statuses = async (): Promise<string[]> =>
      (await farm.admin.chunkGetList({ jobId: child.id })).chunks.map(({ status }) => status);
    assert.deepEqual(await statuses(), ['waiting', 'waiting']);

    await node.claim();
    await node.report();
    await farm.drain();
    assert.deepEqual(await statuses(), ['waiting', 'waiting']);
    await node.report();
    await farm.drain();

    assert.deepEqual(await statuses(), ['queued', 'waiting']);
    await renderAll(farm, [node]);
    assert.equal((await farm.admin.jobGet({ id: child.id })).job.status, 'completed');
    await assertConsistent(farm, child.id);
  });

  it('a child that is submitted after chunks of its parent completed starts with those', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const parent = await farm.admin.jobSubmit({ job: aJob(3, { priority: 99 }) });
    await node.claim();
    await node.report();
    await farm.drain();

    const child = await farm.admin.jobSubmit({
      job: aJob(3, { dependIds: [parent.id], dependLinkMode: 'chunks' }),
    });
    await farm.drain();

    const { chunks } = await farm.admin.chunkGetList({ jobId: child.id });
    assert.deepEqual(
      chunks.map(({ status }) => status),
      ['queued', 'waiting', 'waiting'],
    );
  });

  onEmbedded('feed records that come twice release a chunk once', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const parent = await farm.admin.jobSubmit({ job: aJob(2, { priority: 99 }) });
    const child = await farm.admin.jobSubmit({
      job: aJob(2, { dependIds: [parent.id], dependLinkMode: 'chunks' }),
    });
    await farm.drain();
    await node.claim();
    await node.report();
    const { toStreamEvent } = await import('../../shared/store/streamRecords.ts');
    const event = toStreamEvent(farm.table.readFeed('projector', 1_000), (name) => name);
    await farm.sources.projector(event);
    await farm.sources.projector(event);
    await farm.drain();

    assert.equal((await farm.admin.jobGet({ id: child.id })).job.counts.queued, 1);
    await assertConsistent(farm, child.id);
  });

  onEmbedded(
    'a release that is cut off between chunk and count is finished when the record comes again',
    async (t) => {
      const farm = await startFarm(t);
      const node = await farm.addNode('alpha');
      const parent = await farm.admin.jobSubmit({ job: aJob(2, { priority: 99 }) });
      const child = await farm.admin.jobSubmit({
        job: aJob(2, { dependIds: [parent.id], dependLinkMode: 'chunks' }),
      });
      await farm.drain();
      await node.claim();
      await node.report();
      farm.writes.crashOnceAfter(`CHUNKS#${child.id}#`);
      const { toStreamEvent } = await import('../../shared/store/streamRecords.ts');
      const event = toStreamEvent(farm.table.readFeed('projector', 1_000), (name) => name);
      const answer = await farm.sources.projector(event);

      await farm.drain();

      assert.equal(answer.batchItemFailures.length, 1);
      assert.equal((await farm.admin.jobGet({ id: child.id })).job.counts.queued, 1);
      await renderAll(farm, [node]);
      assert.equal((await farm.admin.jobGet({ id: child.id })).job.status, 'completed');
    },
  );

  it('a child of a parent that is deleted renders all its chunks', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const parent = await farm.admin.jobSubmit({ job: aJob(2) });
    const child = await farm.admin.jobSubmit({
      job: aJob(3, { dependIds: [parent.id], dependLinkMode: 'chunks' }),
    });
    await farm.admin.jobDelete({ id: parent.id });

    await renderAll(farm, [node]);
    await twoTicks(farm);

    assert.equal((await farm.admin.jobGet({ id: child.id })).job.status, 'completed');
    await assertConsistent(farm, child.id);
  });
});
