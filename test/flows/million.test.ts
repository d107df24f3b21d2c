import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keys } from '../../shared/store/keys.ts';
import { aJob } from '../support/aJob.ts';
import { startFarm } from '../support/startFarm.ts';

describe('a job of a million chunks', () => {
  it('is submitted as one item, and its list pages from anywhere to its end', async (t) => {
    const farm = await startFarm(t);
    const { id, chunkCount } = await farm.admin.jobSubmit({
      job: aJob(1_000_000, { chunksPriority: 'backward' }),
    });

    const first = await farm.admin.chunkGetList({ jobId: id, limit: 1_000 });
    const second = await farm.admin.chunkGetList({
      jobId: id,
      limit: 1_000,
      pageToken: first.nextPageToken ?? '',
    });
    const last = await farm.admin.chunkGetList({ jobId: id, limit: 1_000, from: 999_501 });

    assert.equal(chunkCount, 1_000_000);
    assert.deepEqual([first.chunks[0]?.startFrame, first.chunks.at(-1)?.chunkId], [1_000_000, 1_000]);
    assert.deepEqual([second.chunks[0]?.chunkId, second.chunks.length], [1_001, 1_000]);
    assert.deepEqual(
      [last.chunks.length, last.chunks.at(-1)?.startFrame, last.nextPageToken],
      [500, 1, null],
    );
  });

  it('shows touched chunks among the computed ones', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(1_000_000) });
    await node.claim();
    await node.report();
    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 500_000, status: 'failed' });

    const start = await farm.admin.chunkGetList({ jobId: id, limit: 3 });
    const middle = await farm.admin.chunkGetList({ jobId: id, limit: 3, from: 499_999 });

    assert.deepEqual(
      start.chunks.map(({ status }) => status),
      ['completed', 'running', 'queued'],
    );
    assert.deepEqual(
      middle.chunks.map(({ chunkId, status }) => [chunkId, status]),
      [
        [499_999, 'queued'],
        [500_000, 'failed'],
        [500_001, 'queued'],
      ],
    );
  });

  it('ends by a recount when its last chunk has ended', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1_000_000) });
    // All but the last ten were completed before: written as they are kept.
    for (let start = 0; start < 999_990; start += 50_000) {
      await farm.table.batchWrite('queue', {
        puts: Array.from({ length: Math.min(50_000, 999_990 - start) }, (_, offset) => ({
          ...keys.chunk(id, 1, start + offset, 1_000_000),
          index: start + offset,
          status: 'completed',
        })),
      });
    }
    await farm.table.acknowledgeFeed('projector', lastFeedId(farm.table.readFeed('projector', 1_000_000)));
    await farm.table.update('queue', keys.jobState(id), {
      set: { next: 999_990, countCompleted: 999_990 },
      add: { version: 1 },
    });
    const node = await farm.addNode('alpha');
    await node.claim();
    while (node.work !== null) await node.report();

    await farm.drain();

    const { job } = await farm.admin.jobGet({ id });
    assert.deepEqual([job.status, job.counts.completed, job.progress], ['completed', 1_000_000, 1]);
  });
});

const lastFeedId = (records: readonly { readonly id: string }[]): string => records.at(-1)?.id ?? '0';
