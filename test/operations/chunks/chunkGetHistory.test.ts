import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';
import { startFarm } from '../../support/startFarm.ts';

const farm = await sharedFarm();
const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(2) });
const node = await farm.addNode('alpha');
await node.claim();
farm.clock.advance(1_000);
await node.report({ outcome: 'failed', exitCode: 2, message: 'no licence', cpuSeconds: 3, peakMemoryMb: 64 });
await node.report();
await node.report({ wantsNext: false });
await farm.admin.jobReinit({ id: jobId });
farm.clock.advance(1_000);
await node.claim();
await node.report({ wantsNext: false });
await farm.drain();

describe('chunkGetHistory', () => {
  it('retrieves every ended attempt, earlier generations first', async () => {
    const { attempts, nextPageToken } = await farm.admin.chunkGetHistory({ jobId });

    assert.deepEqual(
      attempts.map(({ generation, chunkId, attempt, outcome }) => [generation, chunkId, attempt, outcome]),
      [
        [1, 1, 1, 'failed'],
        [1, 1, 2, 'completed'],
        [1, 2, 1, 'completed'],
        [2, 1, 1, 'completed'],
      ],
    );
    assert.equal(nextPageToken, null);
  });

  it('says of an attempt who made it, when, and how it ended', async () => {
    const { attempts } = await farm.admin.chunkGetHistory({ jobId, limit: 1 });

    assert.deepEqual(attempts, [
      {
        jobId,
        generation: 1,
        chunkId: 1,
        attempt: 1,
        nodeId: node.id,
        outcome: 'failed',
        startedAt: '2026-01-01T00:00:00.000Z',
        endedAt: '2026-01-01T00:00:01.000Z',
        exitCode: 2,
        message: 'no licence',
        cpuSeconds: 3,
        peakMemoryMb: 64,
      },
    ]);
  });

  it('retrieves the attempts at one chunk', async () => {
    const { attempts } = await farm.admin.chunkGetHistory({ jobId, chunkId: 2 });

    assert.deepEqual(
      attempts.map(({ chunkId, attempt }) => [chunkId, attempt]),
      [[2, 1]],
    );
  });

  it('gives the same list in pages of one', async () => {
    const { attempts: all } = await farm.admin.chunkGetHistory({ jobId });

    const paged: (typeof all)[number][] = [];
    let pageToken: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof farm.admin.chunkGetHistory>> = await farm.admin.chunkGetHistory({
        jobId,
        limit: 1,
        ...(pageToken === null ? {} : { pageToken }),
      });
      paged.push(...page.attempts);
      pageToken = page.nextPageToken;
    } while (pageToken !== null);

    assert.deepEqual(paged, all);
  });

  it('keeps the attempts of a deleted job', async (t) => {
    const own = await startFarm(t);
    const { id } = await own.admin.jobSubmit({ job: aJob(2) });
    const worker = await own.addNode('beta');
    await worker.claim();
    await worker.report({ wantsNext: false });
    await own.admin.jobDelete({ id });
    await own.drain();
    const before = await own.admin.chunkGetHistory({ jobId: id });
    await own.tick();

    const after = await own.admin.chunkGetHistory({ jobId: id });

    assert.deepEqual(
      after.attempts.map(({ chunkId, outcome }) => [chunkId, outcome]),
      [[1, 'completed']],
    );
    assert.deepEqual(after, before);
  });

  it('refuses a job that never was', async () => {
    await assertRefusedWhole(farm, 'chunkGetHistory', 'not-found', { what: 'job', id: 999 }, { jobId: 999 });
  });

  it('refuses a chunk beyond the end of its job', async () => {
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });

    await assertRefusedWhole(
      farm,
      'chunkGetHistory',
      'not-found',
      { what: `chunk of job ${id}`, id: 3 },
      { jobId: id, chunkId: 3 },
    );
  });

  it('refuses a page token that is none or of another list', async () => {
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    const rule = 'must be the nextPageToken of a page of this very list';
    const encode = (token: unknown) => Buffer.from(JSON.stringify(token)).toString('base64url');
    const tokens = ['x', encode(null), encode({ generation: 0 }), encode({ generation: 1, after: {} })];

    for (const pageToken of tokens)
      await assertRefusedWhole(
        farm,
        'chunkGetHistory',
        'invalid-input',
        { field: 'pageToken', rule },
        { jobId: id, pageToken },
      );
  });

  it('refuses a page token that leads to the attempts of another job', async () => {
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    const after = { pk: 'ATTEMPTS#999#1', sk: '000000000000#000001' };
    const pageToken = Buffer.from(JSON.stringify({ generation: 1, after })).toString('base64url');

    await assertRefusedWhole(
      farm,
      'chunkGetHistory',
      'invalid-input',
      { field: 'pageToken', rule: 'must be the nextPageToken of a page of this very list' },
      { jobId: id, pageToken },
    );
  });
});
