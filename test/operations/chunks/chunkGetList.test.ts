import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Operations } from '../../../client/src/generated.ts';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();
const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(250, { chunksPriority: 'backward' }) });
await farm.admin.chunkSetStatus({ jobId, chunkId: 2, status: 'completed' });
await farm.admin.chunkSetStatus({ jobId, chunkId: 249, status: 'failed' });

async function chunksOf(input: Operations['chunkGetList']['input']) {
  const chunks: Operations['chunkGetList']['output']['chunks'][number][] = [];
  let pageToken: string | null = null;
  do {
    const page: Operations['chunkGetList']['output'] = await farm.admin.chunkGetList(
      pageToken === null ? input : { ...input, pageToken },
    );
    chunks.push(...page.chunks);
    pageToken = page.nextPageToken;
  } while (pageToken !== null);
  return chunks;
}

describe('chunkGetList', () => {
  it('lists every chunk in the order in which they are handed out, touched or not', async () => {
    const chunks = await chunksOf({ jobId });

    assert.deepEqual(
      chunks.map(({ chunkId }) => chunkId),
      Array.from({ length: 250 }, (_, index) => index + 1),
    );
    assert.deepEqual(
      chunks.map(({ startFrame }) => startFrame),
      Array.from({ length: 250 }, (_, index) => 250 - index),
    );
    assert.deepEqual(
      chunks.filter(({ status }) => status !== 'queued').map(({ chunkId, status }) => [chunkId, status]),
      [
        [2, 'completed'],
        [249, 'failed'],
      ],
    );
  });

  it('tells how far the nodes are that run chunks', async () => {
    const { id } = await farm.admin.jobSubmit({ job: aJob(2, { priority: 65_535 }) });
    const node = await farm.addNode('alpha');
    await node.claim();
    await node.heartbeat(0.4);

    const chunks = await chunksOf({ jobId: id });

    assert.deepEqual(
      chunks.map(({ status, progress }) => [status, progress]),
      [
        ['running', 0.4],
        ['queued', 0],
      ],
    );
    await node.leave();
    await farm.admin.jobDelete({ id });
  });

  it('gives the same list in pages of any size', async () => {
    const all = await chunksOf({ jobId });

    for (const limit of [1, 99, 1000]) assert.deepEqual(await chunksOf({ jobId, limit }), all);
  });

  it('begins at a chunk when asked to', async () => {
    const chunks = await chunksOf({ jobId, from: 249 });

    assert.deepEqual(
      chunks.map(({ chunkId }) => chunkId),
      [249, 250],
    );
    assert.deepEqual(await chunksOf({ jobId, from: 251 }), []);
  });

  it('filters by status', async () => {
    const chunks = await chunksOf({ jobId, status: 'failed', limit: 100 });

    assert.deepEqual(
      chunks.map(({ chunkId }) => chunkId),
      [249],
    );
  });

  it('lists nothing for a folder', async () => {
    const { id } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });

    assert.deepEqual(await chunksOf({ jobId: id }), []);
  });

  it('shows each chunk as chunkGet does', async () => {
    const { chunks } = await farm.admin.chunkGetList({ jobId, from: 2, limit: 1 });

    assert.deepEqual(chunks[0], (await farm.admin.chunkGet({ jobId, chunkId: 2 })).chunk);
  });

  it('refuses a job that is not there', async () => {
    await assertRefusedWhole(farm, 'chunkGetList', 'not-found', { what: 'job', id: 999 }, { jobId: 999 });
  });

  it('refuses a page token of another list', async () => {
    const { nextPageToken } = await farm.admin.jobGetList({ limit: 1, order: 'newest-first' });
    const pageToken = nextPageToken ?? '';

    await assertRefusedWhole(
      farm,
      'chunkGetList',
      'invalid-input',
      { field: 'pageToken', rule: 'must be the nextPageToken of a page of this very list' },
      { jobId, pageToken },
    );
  });
});
