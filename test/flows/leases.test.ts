import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createClient } from '../../client/src/client.ts';
import { aJob } from '../support/aJob.ts';
import { assertConsistent } from '../support/consistency.ts';
import { copyNode } from '../support/copyNode.ts';
import { someCapabilities } from '../support/fakeNode.ts';
import { JOIN_TOKEN, startFarm } from '../support/startFarm.ts';

describe('leases and the loss of nodes', () => {
  it('the chunk of a silent node goes back when its lease lapses, and counts as a loss', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await node.claim();

    farm.clock.advance(91_000);
    await farm.tick();

    const { chunk } = await farm.admin.chunkGet({ jobId: id, chunkId: 1 });
    assert.deepEqual([chunk.status, chunk.requeueCount], ['queued', 1]);
    assert.equal((await farm.admin.nodeGet({ id: node.id })).node.status, 'offline');
    await assertConsistent(farm, id);
    await farm.drain();
    const { attempts } = await farm.admin.chunkGetHistory({ jobId: id });
    assert.deepEqual(
      attempts.map(({ outcome, nodeId, attempt }) => ({ outcome, nodeId, attempt })),
      [{ outcome: 'lost', nodeId: node.id, attempt: 1 }],
    );
  });

  it('the lease of one node among hundreds lapses like that of one among few', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await node.claim();
    const item = await farm.context.nodes.find(node.id, { consistent: true });
    const state = await farm.context.nodes.findState(node.id, { consistent: true });
    assert.ok(item && state);
    for (let other = 1_001; other <= 1_250; other += 1) {
      const idle = { ...state, assignment: null, status: 'idle', leaseUntil: null } as const;
      await copyNode(farm.context, other, item, idle);
    }
    farm.clock.advance(91_000);

    const counts = await farm.tick();

    assert.equal(counts.expireLeases, 1);
    assert.equal((await farm.admin.chunkGet({ jobId: id, chunkId: 1 })).chunk.status, 'queued');
  });

  it('a heartbeat that comes before the sweep renews a lease that has lapsed', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await node.claim();
    farm.clock.advance(91_000);

    await node.heartbeat(0.7);
    await farm.tick();

    const { chunk } = await farm.admin.chunkGet({ jobId: id, chunkId: 1 });
    assert.deepEqual([chunk.status, chunk.progress], ['running', 0.7]);
  });

  it('a heartbeat during the sweep wins: the chunk stays where it is', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await node.claim();
    farm.clock.advance(91_000);
    farm.writes.beforeFirst('NODESTATES', () => node.heartbeat(0.7));

    const counts = await farm.tick();

    assert.equal(counts.expireLeases, 0);
    assert.equal((await farm.admin.chunkGet({ jobId: id, chunkId: 1 })).chunk.status, 'running');
    await assertConsistent(farm, id);
  });

  it('a chunk that is lost more often than allowed fails, and so does its job', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { maximumChunksRequeue: 2 }) });
    for (const name of ['alpha', 'beta', 'gamma']) {
      const node = await farm.addNode(name);
      assert.ok(await node.claim());
      farm.clock.advance(91_000);
      await farm.tick();
    }
    await farm.drain();

    const { chunk } = await farm.admin.chunkGet({ jobId: id, chunkId: 1 });

    assert.deepEqual([chunk.status, chunk.attempt, chunk.requeueCount], ['failed', 3, 3]);
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'failed');
  });

  it('a node that is back from the dead has its late report refused and takes other work', async (t) => {
    const farm = await startFarm(t);
    const [dead, other] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    await dead.claim();
    farm.clock.advance(91_000);
    await farm.tick();
    await other.claim();

    await assert.rejects(dead.report(), { code: 'stale-attempt' });
    dead.work = null;
    const work = await dead.claim();

    assert.equal((await farm.admin.jobGet({ id })).job.counts.completed, 0);
    assert.ok(work !== null && work.assignment.index !== other.work?.assignment.index);
    await assertConsistent(farm, id);
  });

  it('a late report of a lost attempt by the node that has the chunk again ends nothing', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const first = await node.claim();
    assert.ok(first);
    farm.clock.advance(91_000);
    await farm.tick();
    node.work = null;
    const second = await node.claim();

    await assert.rejects(node.report({ attempt: first.assignment }), { code: 'stale-attempt' });

    assert.notEqual(second?.assignment.token, first.assignment.token);
    assert.equal((await farm.admin.jobGet({ id })).job.counts.completed, 0);
    assert.equal(await node.report(), null);
    assert.equal((await farm.admin.jobGet({ id })).job.counts.completed, 1);
    await assertConsistent(farm, id);
  });

  it('an agent that restarts within its lease gets a new session and its former chunk goes back', async (t) => {
    const farm = await startFarm(t);
    const before = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await before.claim();

    const after = await farm.addNode('alpha');

    assert.equal(after.id, before.id);
    await assert.rejects(before.heartbeat(), { code: 'session-replaced' });
    const { chunk } = await farm.admin.chunkGet({ jobId: id, chunkId: 1 });
    assert.deepEqual([chunk.status, chunk.requeueCount], ['queued', 0]);
    assert.equal((await after.claim())?.assignment.attempt, 2);
    await assertConsistent(farm, id);
  });

  it('a live node keeps its name: another machine with the same one is refused', async (t) => {
    const farm = await startFarm(t);
    await farm.addNode('alpha');

    const other = farm.addNode('alpha', { secret: 'another-secret-000000000' });

    await assert.rejects(other, { code: 'node-name-taken', details: { name: 'alpha' } });
  });

  it('the name of a dead node passes to a newcomer', async (t) => {
    const farm = await startFarm(t);
    const dead = await farm.addNode('alpha');
    farm.clock.advance(901_000);
    await farm.tick();

    const other = await farm.addNode('alpha', { secret: 'another-secret-000000000' });

    assert.equal(other.id, dead.id);
    await assert.rejects(dead.claim(), { code: 'session-replaced' });
  });

  it('a node that leaves on purpose is offline and its chunk is queued without penalty', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await node.claim();

    await node.leave();

    const { chunk } = await farm.admin.chunkGet({ jobId: id, chunkId: 1 });
    assert.deepEqual([chunk.status, chunk.requeueCount], ['queued', 0]);
    assert.equal((await farm.admin.nodeGet({ id: node.id })).node.status, 'offline');
    await assertConsistent(farm, id);
  });

  it('an interrupted chunk goes back without penalty', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await node.claim();

    await node.report({ outcome: 'interrupted', exitCode: null, wantsNext: false });

    const { chunk } = await farm.admin.chunkGet({ jobId: id, chunkId: 1 });
    assert.deepEqual([chunk.status, chunk.requeueCount], ['queued', 0]);
    await assertConsistent(farm, id);
  });

  it('an idle node whose lease lapsed is offline, and idle again with its next heartbeat', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await node.claim();
    farm.clock.advance(901_000);
    await farm.tick();
    assert.equal((await farm.admin.nodeGet({ id: node.id })).node.status, 'offline');

    await node.heartbeat();
    await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.drain();

    assert.equal((await node.heartbeat()).hasWork, true);
  });

  it('only the clock of the dispatcher counts: a node whose clock is wrong keeps its lease', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(1) });
    await node.claim();

    for (let beat = 0; beat < 10; beat += 1) {
      farm.clock.advance(80_000);
      await node.heartbeat();
      assert.equal((await farm.tick()).expireLeases, 0);
    }
  });

  it('a registration with a user token is refused', async (t) => {
    const farm = await startFarm(t);
    const { token } = await createClient({ url: farm.url }).login({
      name: 'admin',
      password: 'correct horse battery staple',
    });

    const registration = createClient({ url: farm.url, token }).nodeRegister({
      name: 'alpha',
      secret: 'secret-000000000000000',
      pools: [],
      capabilities: someCapabilities,
    });

    await assert.rejects(registration, { code: 'forbidden' });
    assert.ok(JOIN_TOKEN);
  });
});
