import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();
const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(2) });
const node = await farm.addNode('alpha');
for (const picture of ['first frame', 'second frame', undefined]) {
  const attempt = (await node.claim())?.assignment;
  if (attempt === undefined) throw new Error('there is no work');
  if (picture !== undefined) {
    const { thumbnail } = await node.client.nodeUploadLog({
      session: node.session,
      attempt,
      hasThumbnail: true,
    });
    const headers = { 'content-type': 'image/jpeg' };
    await fetch(String(thumbnail?.url), { method: 'PUT', headers, body: picture });
  }
  await node.report({ outcome: 'failed', exitCode: 1, wantsNext: false });
  farm.clock.advance(1_000);
}

describe('chunkGetThumbnail', () => {
  it('gives a link to the picture of an attempt', async () => {
    const { attempt, url } = await farm.admin.chunkGetThumbnail({ jobId, chunkId: 1, attempt: 1 });
    const answer = await fetch(url);

    assert.equal(attempt, 1);
    assert.equal(answer.headers.get('content-type'), 'image/jpeg');
    assert.equal(await answer.text(), 'first frame');
  });

  it('gives a link that is good for five minutes', async () => {
    const { url } = await farm.admin.chunkGetThumbnail({ jobId, chunkId: 1, attempt: 2 });

    farm.clock.advance(299_000);
    const before = await fetch(url);
    farm.clock.advance(2_000);
    const after = await fetch(url);

    assert.equal(await before.text(), 'second frame');
    assert.equal(after.status, 403);
  });

  const refusals: readonly [string, number, number, number | undefined, string, number][] = [
    ['a job that is not there', 999, 1, undefined, 'job', 999],
    ['a chunk beyond the end', jobId, 3, undefined, `chunk of job ${jobId}`, 3],
    ['a chunk that no node has had', jobId, 2, undefined, 'attempt at chunk 2 of job', jobId],
    [
      'a chunk whose last attempt has no picture',
      jobId,
      1,
      undefined,
      'thumbnail of attempt 3 at chunk 1 of job',
      jobId,
    ],
  ];
  for (const [title, job, chunkId, attempt, what, id] of refusals) {
    it(`refuses ${title}`, async () => {
      const input = { jobId: job, chunkId, ...(attempt === undefined ? {} : { attempt }) };

      await assertRefusedWhole(farm, 'chunkGetThumbnail', 'not-found', { what, id }, input);
    });
  }
});
