import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Template } from '../../shared/contract/hooks.ts';
import { timeAfter } from '../../shared/model/clock.ts';
import { templates } from '../../templates/index.ts';
import { aJob } from '../support/aJob.ts';
import { assertConsistent, renderAll, twoTicks } from '../support/consistency.ts';
import { copyNode } from '../support/copyNode.ts';
import { onEmbedded, startFarm } from '../support/startFarm.ts';

/** The generic command with two licences. */
const licensed: Template = {
  ...(templates[0] as Template),
  id: 9_001,
  name: 'licensed',
  limits: [{ name: 'nuke', maximum: 2 }],
};

/** The generic command, which is started every five seconds at most. */
const delayed: Template = {
  ...(templates[0] as Template),
  id: 9_002,
  name: 'delayed',
  startDelay: { group: 'nuke', seconds: 5 },
};

describe('which job a node gets', () => {
  it('emergencies first, then larger priorities, then the older job', async (t) => {
    const farm = await startFarm(t);
    const low = await farm.admin.jobSubmit({ job: aJob(1, { priority: 1 }) });
    const older = await farm.admin.jobSubmit({ job: aJob(1, { priority: 60 }) });
    const younger = await farm.admin.jobSubmit({ job: aJob(1, { priority: 60 }) });
    const emergency = await farm.admin.jobSubmit({ job: aJob(1, { priority: 0, emergencyQueue: true }) });
    const node = await farm.addNode('alpha');

    const order: number[] = [];
    for (let work = await node.claim(); work !== null; work = await node.report())
      order.push(work.assignment.jobId);

    assert.deepEqual(order, [emergency.id, older.id, younger.id, low.id]);
  });

  it('a node leaves a job for a better one that came meanwhile', async (t) => {
    const farm = await startFarm(t);
    const long = await farm.admin.jobSubmit({ job: aJob(10) });
    const node = await farm.addNode('alpha');
    await node.claim();
    const urgent = await farm.admin.jobSubmit({ job: aJob(1, { priority: 99 }) });
    farm.clock.advance(1_001);

    const next = await node.report();

    assert.equal(next?.assignment.jobId, urgent.id);
    assert.equal((await farm.admin.jobGet({ id: long.id })).job.runningCount, 0);
    await assertConsistent(farm, long.id);
    await assertConsistent(farm, urgent.id);
  });

  it('pools include and exclude nodes, a node by its own name too', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(1, { name: 'gpu', includedPools: ['gpu'] }) });
    await farm.admin.jobSubmit({ job: aJob(1, { name: 'named', includedPools: ['beta'] }) });
    await farm.admin.jobSubmit({ job: aJob(1, { name: 'not gpu', excludedPools: ['gpu'] }) });
    const alpha = await farm.addNode('alpha', { pools: ['gpu', 'fast'] });
    const beta = await farm.addNode('beta');

    const names: Record<string, string[]> = {};
    for (const node of [alpha, beta]) {
      for (let work = await node.claim(); work !== null; work = await node.report()) {
        names[node.name] = [...(names[node.name] ?? []), work.jobName];
      }
    }

    assert.deepEqual(names, { alpha: ['gpu'], beta: ['named', 'not gpu'] });
  });

  it('requirements of a job keep smaller machines away', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(1, { minimumPhysicalMb: 65_536 }) });
    const small = await farm.addNode('small');
    const large = await farm.addNode('large', { capabilities: { memoryMb: 131_072 } });

    assert.equal(await small.claim(), null);
    assert.ok(await large.claim());
  });

  it('free memory is looked at again when a node takes its next chunk of another job', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(1) });
    await node.claim();
    // The node beats with 16,000 MB free.
    await node.heartbeat(0.5);
    await farm.admin.jobSubmit({ job: aJob(1, { name: 'too large', minimumRamMb: 20_000, priority: 99 }) });
    const fits = await farm.admin.jobSubmit({ job: aJob(1, { minimumRamMb: 10_000 }) });
    farm.clock.advance(6_000);

    const next = await node.report();

    assert.equal(next?.assignment.jobId, fits.id);
  });

  it('a node whose job has ended is given one that came within the last second', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');
    await node.claim();
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });

    const next = await node.report();

    assert.equal(next?.assignment.jobId, id);
  });

  it('a node that a job fits is found behind any number of idle ones that it does not fit', async (t) => {
    const farm = await startFarm(t);
    const fitting = await farm.addNode('alpha', { pools: ['gpu'] });
    const item = await farm.context.nodes.find(fitting.id, { consistent: true });
    const state = await farm.context.nodes.findState(fitting.id, { consistent: true });
    assert.ok(item && state);
    // Longer idle than the one that fits, so they stand before it.
    const lastSeenAt = '2025-12-31T00:00:00.000Z';
    for (let id = 1_001; id <= 1_700; id += 1) {
      await copyNode(farm.context, id, { ...item, pools: [] }, { ...state, lastSeenAt });
    }

    await farm.admin.jobSubmit({ job: aJob(1, { includedPools: ['gpu'] }) });
    await farm.drain();

    assert.equal((await fitting.heartbeat()).hasWork, true);
  });

  it('no more nodes work on a job than it allows, and the slot goes to the next one', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(4, { maximumInstances: 2 }) });
    const nodes = [await farm.addNode('alpha'), await farm.addNode('beta'), await farm.addNode('gamma')];
    const [alpha, beta, gamma] = nodes as [(typeof nodes)[0], (typeof nodes)[0], (typeof nodes)[0]];
    assert.ok(await alpha.claim());
    assert.ok(await beta.claim());
    assert.equal(await gamma.claim(), null);

    await alpha.report({ wantsNext: false });
    await alpha.leave();
    await farm.drain();

    assert.equal((await gamma.heartbeat()).hasWork, true);
    assert.equal((await farm.admin.jobGet({ id })).job.runningCount, 2);
    await gamma.claim();
    await renderAll(farm, [beta, gamma]);
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed');
    await assertConsistent(farm, id);
  });

  it('a lowered maximum lets running nodes finish and hands their slots to nobody', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(6) });
    const alpha = await farm.addNode('alpha');
    const beta = await farm.addNode('beta');
    await alpha.claim();
    await beta.claim();

    await farm.admin.jobEdit({ id, changes: { maximumInstances: 1 } });

    assert.equal(await alpha.report(), null);
    assert.ok(await beta.report());
    await renderAll(farm, [beta]);
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed');
    await assertConsistent(farm, id);
  });

  onEmbedded('a thousand claims at once hand out each chunk once', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(100) });
    const nodes = await Promise.all(Array.from({ length: 40 }, (_, index) => farm.addNode(`node-${index}`)));

    const rounds = await Promise.all(
      nodes.map(async (node) => {
        const frames: number[] = [];
        for (let work = await node.claim(); work !== null; work = await node.report()) {
          frames.push(work.packet.startFrame);
        }
        return frames;
      }),
    );
    await renderAll(farm, nodes);

    // A node that lost five guards in a row went idle and was woken later, by the drain above.
    assert.equal(new Set(rounds.flat()).size, rounds.flat().length);
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed');
    assert.equal((await farm.admin.chunkGetHistory({ jobId: id, limit: 1_000 })).attempts.length, 100);
    await assertConsistent(farm, id);
  });

  onEmbedded('a limit of two licences lets two chunks run, and a third when one is given back', async (t) => {
    const farm = await startFarm(t, { templates: [...templates, licensed] });
    const { id } = await farm.admin.jobSubmit({ job: aJob(5, { templateId: 9_001 }) });
    const nodes = await Promise.all(['a', 'b', 'c'].map((name) => farm.addNode(name)));
    for (const node of nodes) await node.claim();
    assert.deepEqual(
      nodes.map((node) => node.work !== null),
      [true, true, false],
    );
    const { job: rules } = await farm.admin.jobExplain({ id });

    await nodes[0]?.report({ wantsNext: false });
    await nodes[0]?.leave();
    await farm.drain();

    assert.deepEqual(rules, ['limit nuke is used up: all 2 are out']);
    assert.equal((await nodes[2]?.heartbeat())?.hasWork, true);
    assert.equal((await farm.context.limits.list())[0]?.inUse, 2);
    await nodes[2]?.claim();
    await renderAll(farm, nodes.slice(1));
    await twoTicks(farm);
    assert.equal((await farm.context.limits.list())[0]?.inUse, 0);
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed');
  });

  onEmbedded('programs of a delay group start apart, each node waiting for its turn', async (t) => {
    const farm = await startFarm(t, { templates: [...templates, delayed] });
    await farm.admin.jobSubmit({ job: aJob(6, { templateId: 9_002 }) });
    const nodes = [await farm.addNode('alpha'), await farm.addNode('beta'), await farm.addNode('gamma')];

    const waits: (number | undefined)[] = [];
    for (const node of nodes) waits.push((await node.claim())?.startAfterSeconds);
    farm.clock.advance(11_000);
    waits.push((await nodes[0]?.report())?.startAfterSeconds);
    farm.clock.advance(60_000);
    waits.push((await nodes[1]?.report())?.startAfterSeconds);

    assert.deepEqual(waits, [undefined, 5, 10, 4, undefined]);
  });

  onEmbedded('no program waits for its turn for more than ten minutes', async (t) => {
    const farm = await startFarm(t, { templates: [...templates, delayed] });
    await farm.context.starts.book('nuke', 900, farm.clock.now());
    await farm.admin.jobSubmit({ job: aJob(1, { templateId: 9_002 }) });

    const work = await (await farm.addNode('alpha')).claim();

    assert.equal(work?.startAfterSeconds, 600);
  });

  it('a job whose program gets no licence waits for two minutes, and none of its chunks has failed', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(4, { priority: 90 }) });
    const other = await farm.admin.jobSubmit({ job: aJob(1) });
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    await alpha.claim();
    await beta.claim();
    const shortage = {
      outcome: 'interrupted',
      exitCode: 100,
      message: 'got no licence: FOUNDRY LICENSE ERROR',
      lacksLicence: true,
    } as const;

    const next = await alpha.report(shortage);
    await farm.drain();
    const { job: waiting } = await farm.admin.jobGet({ id });
    // Another one that finds it out, and one that had its licence.
    assert.equal(await beta.report({ ...shortage, wantsNext: false }), null);
    await alpha.report();

    assert.equal(next?.assignment.jobId, other.id);
    assert.deepEqual(
      [waiting.status, waiting.statusReason, waiting.runningCount, waiting.counts.failed],
      ['delayed', 'got no licence; tries again in a few minutes', 1, 0],
    );
    assert.equal(waiting.startOn, null);
    assert.equal(await alpha.claim(), null);
    farm.clock.advance(60_000);
    await farm.tick();
    await farm.drain();
    assert.equal(await alpha.claim(), null);
    farm.clock.advance(61_000);
    await farm.tick();
    await farm.drain();
    assert.equal((await alpha.claim())?.assignment.jobId, id);
    await renderAll(farm, [alpha, beta]);
    await assertConsistent(farm, id);
    const { attempts } = await farm.admin.chunkGetHistory({ jobId: id });
    assert.deepEqual(
      attempts.filter(({ outcome }) => outcome === 'failed'),
      [],
    );
  });

  onEmbedded('a limit that a crash left too high is repaired by the second tick', async (t) => {
    const farm = await startFarm(t, { templates: [...templates, licensed] });
    assert.equal(await farm.context.limits.take('nuke', 2), true);

    await farm.tick();
    assert.equal((await farm.context.limits.list())[0]?.inUse, 1);
    farm.clock.advance(60_000);
    await farm.tick();

    assert.equal((await farm.context.limits.list())[0]?.inUse, 0);
  });

  it('a job with a start time waits for it and is started by the tick', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const startOn = timeAfter(farm.clock, 3_600);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { startOn }) });
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'delayed');
    await farm.tick();
    assert.equal(await node.claim(), null);

    farm.clock.advance(3_600_000);
    await farm.tick();

    assert.equal((await farm.admin.jobGet({ id })).job.status, 'queued');
    assert.ok(await node.claim());
  });

  it('a stopped engine hands out nothing, lets running chunks end, and goes on when it is started', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    await node.claim();

    await farm.admin.systemSwapEngineStatus({});
    // Every process has heard of it.
    farm.clock.advance(5_000);
    assert.equal(await node.report(), null);
    await farm.drain();
    assert.equal((await node.heartbeat()).hasWork, false);
    await farm.admin.systemSwapEngineStatus({});
    await farm.drain();

    assert.equal((await node.heartbeat()).hasWork, true);
    assert.equal((await farm.admin.jobGet({ id })).job.counts.completed, 1);
  });

  it('a paused job hands out nothing and goes on when it is resumed', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(3, { paused: true }) });
    assert.equal(await node.claim(), null);

    await farm.admin.jobEdit({ id, changes: { paused: false } });
    await farm.drain();

    assert.equal((await node.heartbeat()).hasWork, true);
  });

  onEmbedded(
    'five thousand ready jobs that do not fit cost a node no more than the budget of a claim',
    async (t) => {
      const farm = await startFarm(t);
      for (let index = 0; index < 5_000; index += 1) {
        await farm.admin.jobSubmit({ job: aJob(1, { includedPools: ['gpu'], priority: 1_000 + index }) });
      }
      const last = await farm.admin.jobSubmit({ job: aJob(1, { priority: 0 }) });
      const node = await farm.addNode('alpha');
      farm.clock.advance(60_000);
      farm.takeUse();

      const work = await node.claim();

      const { writeUnits, readUnits } = farm.takeUse();
      assert.equal(work?.assignment.jobId, last.id);
      assert.ok(writeUnits <= 8, `${writeUnits} W`);
      assert.ok(readUnits <= 8, `${readUnits} R`);
    },
  );
});

describe('failures', () => {
  it('a failed chunk is tried again until its limit, then it fails and with it its job', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { maximumChunksRequeue: 1 }) });
    const node = await farm.addNode('alpha');
    await node.claim();

    const again = await node.report({ outcome: 'failed', exitCode: 3, message: 'no licence' });
    const last = await node.report({ outcome: 'timed-out', exitCode: null });
    await farm.drain();

    assert.deepEqual([again?.assignment.index, again?.assignment.attempt], [0, 2]);
    assert.equal(last, null);
    const { chunk } = await farm.admin.chunkGet({ jobId: id, chunkId: 1 });
    assert.deepEqual([chunk.status, chunk.requeueCount], ['failed', 2]);
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'failed');
    const { attempts } = await farm.admin.chunkGetHistory({ jobId: id });
    assert.deepEqual(
      attempts.map(({ outcome, exitCode, message }) => [outcome, exitCode, message]),
      [
        ['failed', 3, 'no licence'],
        ['timed-out', null, ''],
      ],
    );
  });

  it('a job with warnings completes with warnings', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    const node = await farm.addNode('alpha');
    await node.claim();
    await node.report({ outcome: 'warning' });
    await node.report();
    await farm.drain();

    const { job } = await farm.admin.jobGet({ id });

    assert.equal(job.status, 'completed-with-warnings');
    assert.deepEqual(job.counts, { queued: 0, completed: 1, warning: 1, failed: 0 });
  });

  it('three failures in a row exclude a node from the job, and a purge lets it back', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(9, { maximumChunksRequeue: 100 }) });
    const node = await farm.addNode('alpha');
    await node.claim();
    await node.report({ outcome: 'failed', exitCode: 1 });
    await node.report({ outcome: 'failed', exitCode: 1 });

    const afterThree = await node.report({ outcome: 'failed', exitCode: 1 });

    assert.equal(afterThree, null);
    const { nodes } = await farm.admin.jobExplain({ id });
    assert.equal(nodes[0]?.rule, 'is excluded from the job after failures; nodePurgeJobsExclusions lifts it');
    await farm.admin.nodePurgeJobsExclusions({ id: node.id, jobId: id });
    await farm.drain();
    assert.equal((await node.heartbeat()).hasWork, true);
    await assertConsistent(farm, id);
  });

  it('a success ends the streak', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(9, { maximumChunksRequeue: 100 }) });
    const node = await farm.addNode('alpha');
    await node.claim();
    await node.report({ outcome: 'failed', exitCode: 1 });
    await node.report({ outcome: 'failed', exitCode: 1 });
    await node.report();
    await node.report({ outcome: 'failed', exitCode: 1 });

    assert.ok(await node.report({ outcome: 'failed', exitCode: 1 }));
    assert.deepEqual((await farm.admin.nodeGet({ id: node.id })).node.excludedJobs, []);
  });

  it('three jobs of a template that fail one after another exclude a node from the template', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    for (let job = 0; job < 3; job += 1) {
      await farm.admin.jobSubmit({ job: aJob(1, { maximumChunksRequeue: 0 }) });
      await farm.drain();
      await node.claim();
      await node.report({ outcome: 'failed', exitCode: 1 });
    }
    await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.drain();

    assert.equal((await node.heartbeat()).hasWork, false);
    const { excludedTemplates } = (await farm.admin.nodeGet({ id: node.id })).node;
    assert.deepEqual(
      excludedTemplates.map(({ id, reason }) => [id, reason]),
      [[43, '3 jobs failed one after another']],
    );
    await farm.admin.nodePurgeTemplatesExclusion({ id: node.id, templateId: 43 });
    await farm.drain();
    assert.equal((await node.heartbeat()).hasWork, true);
  });
});
