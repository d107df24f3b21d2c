import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm } from '../../support/startFarm.ts';

describe('nodeReport', () => {
  it('ends the chunk and hands out the next in the same answer', async (t) => {
    const farm = await startFarm(t);
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(2) });
    const node = await farm.addNode('alpha');
    await node.claim();

    const next = await node.report({ outcome: 'warning', exitCode: 0, message: 'one texture is missing' });
    const { chunks } = await farm.admin.chunkGetList({ jobId });
    const { job } = await farm.admin.jobGet({ id: jobId });

    assert.equal(next?.assignment.index, 1);
    assert.deepEqual(
      chunks.map(({ status, message }) => [status, message]),
      [
        ['warning', 'one texture is missing'],
        ['running', ''],
      ],
    );
    assert.equal(job.runningCount, 1);
    assert.deepEqual(job.counts, { queued: 0, completed: 0, warning: 1, failed: 0 });
  });

  it('frees a node that wants no other', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(2) });
    const node = await farm.addNode('alpha');
    await node.claim();

    const next = await node.report({ wantsNext: false });

    assert.equal(next, null);
    assert.equal((await farm.admin.nodeGet({ id: node.id })).node.status, 'idle');
  });

  const ends: readonly [Parameters<Awaited<ReturnType<typeof chunkAfter>>>[0], string, number][] = [
    ['completed', 'completed', 0],
    ['warning', 'warning', 0],
    ['failed', 'queued', 1],
    ['timed-out', 'queued', 1],
    ['interrupted', 'queued', 0],
  ];
  for (const [outcome, status, requeueCount] of ends) {
    it(`makes a chunk ${status} that ended ${outcome}`, async (t) => {
      const end = await chunkAfter(t);

      const chunk = await end(outcome);

      assert.deepEqual([chunk.status, chunk.requeueCount], [status, requeueCount]);
    });
  }

  it('fails a chunk that has failed too often', async (t) => {
    const farm = await startFarm(t);
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(1, { maximumChunksRequeue: 1 }) });
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    await alpha.claim();
    await alpha.report({ outcome: 'failed', exitCode: 1, wantsNext: false });
    farm.clock.advance(1_000);
    await beta.claim();

    await beta.report({ outcome: 'failed', exitCode: 1 });
    await farm.drain();
    const { chunk } = await farm.admin.chunkGet({ jobId, chunkId: 1 });
    const { job } = await farm.admin.jobGet({ id: jobId });

    assert.deepEqual([chunk.status, chunk.requeueCount], ['failed', 2]);
    assert.equal(job.status, 'failed');
  });

  it('ends a chunk once however often it is reported', async (t) => {
    const farm = await startFarm(t);
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(3) });
    const node = await farm.addNode('alpha');
    const attempt = (await node.claim())?.assignment;
    assert.ok(attempt);
    const report = {
      session: node.session,
      attempt,
      outcome: 'completed',
      exitCode: 0,
      wantsNext: true,
    } as const;

    const first = await node.client.nodeReport(report);
    const second = await node.client.nodeReport(report);
    const { job } = await farm.admin.jobGet({ id: jobId });

    assert.equal(first.work?.assignment.index, 1);
    assert.deepEqual(second, first);
    assert.equal(job.counts.completed, 1);
    assert.equal(job.runningCount, 1);
  });

  it('gives no work to a node that wants none, when it repeats its report either', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(3) });
    const node = await farm.addNode('alpha');
    const attempt = (await node.claim())?.assignment;
    assert.ok(attempt);
    const report = {
      session: node.session,
      attempt,
      outcome: 'completed',
      exitCode: 0,
      wantsNext: false,
    } as const;
    await node.client.nodeReport(report);
    farm.clock.advance(1_000);

    const { work } = await node.client.nodeReport(report);

    assert.equal(work, null);
  });

  it('refuses an attempt that is not the node’s, and changes nothing', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(2) });
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    const attempt = (await alpha.claim())?.assignment;
    assert.ok(attempt);
    await beta.claim();
    const report = { outcome: 'completed', exitCode: 0, wantsNext: true } as const;
    const attempts = [
      { ...attempt, token: 'made-up' },
      { ...attempt, index: 1 },
      { ...attempt, generation: 2 },
      { ...attempt, jobId: 999 },
    ];

    for (const stale of attempts)
      await assertRefusedWhole(
        farm,
        'nodeReport',
        'stale-attempt',
        { token: stale.token },
        { session: alpha.session, attempt: stale, ...report },
        alpha.client,
      );
  });

  it('refuses the attempt of another node even with its token', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(2) });
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    const attempt = (await alpha.claim())?.assignment;
    assert.ok(attempt);

    await assertRefusedWhole(
      farm,
      'nodeReport',
      'stale-attempt',
      { token: attempt.token },
      { session: beta.session, attempt, outcome: 'completed', exitCode: 0, wantsNext: true },
      beta.client,
    );
  });

  it('gives back the licence of the chunk', async (t) => {
    const { commandTemplate } = await import('../../../templates/command.ts');
    const licensed = { ...commandTemplate, limits: [{ name: 'licence', maximum: 1 }] };
    const farm = await startFarm(t, { templates: [licensed] });
    await farm.admin.jobSubmit({ job: aJob(2) });
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    await alpha.claim();

    const none = await beta.claim();
    await alpha.report({ wantsNext: false });
    farm.clock.advance(1_000);
    const work = await beta.claim();

    assert.equal(none, null);
    assert.equal(work?.assignment.index, 1);
  });
});

async function chunkAfter(t: Parameters<typeof startFarm>[0]) {
  const farm = await startFarm(t);
  const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(1) });
  const node = await farm.addNode('alpha');
  await node.claim();
  return async (outcome: 'completed' | 'warning' | 'failed' | 'timed-out' | 'interrupted') => {
    await node.report({ outcome, exitCode: null, wantsNext: false });
    return (await farm.admin.chunkGet({ jobId, chunkId: 1 })).chunk;
  };
}
