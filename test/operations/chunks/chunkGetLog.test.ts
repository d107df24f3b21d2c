import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();
const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(2) });
const node = await farm.addNode('alpha');
for (const text of ['first try', 'second try']) {
  const attempt = (await node.claim())?.assignment;
  if (attempt === undefined) throw new Error('there is no work');
  const { url } = await node.client.nodeUploadLog({ session: node.session, attempt });
  await fetch(url, { method: 'PUT', headers: { 'content-type': 'text/plain; charset=utf-8' }, body: text });
  await node.report({ outcome: 'failed', exitCode: 1, wantsNext: false });
  farm.clock.advance(1_000);
}
const textOf = async (url: string): Promise<string> => (await fetch(url)).text();

describe('chunkGetLog', () => {
  it('gives a link to the output of the last attempt', async () => {
    const { attempt, url } = await farm.admin.chunkGetLog({ jobId, chunkId: 1 });

    assert.equal(attempt, 2);
    assert.equal(await textOf(url), 'second try');
  });

  it('gives a link to the output of an earlier attempt', async () => {
    const { attempt, url } = await farm.admin.chunkGetLog({ jobId, chunkId: 1, attempt: 1 });

    assert.equal(attempt, 1);
    assert.equal(await textOf(url), 'first try');
  });

  it('gives a link that is good for five minutes', async () => {
    const { url } = await farm.admin.chunkGetLog({ jobId, chunkId: 1 });

    farm.clock.advance(299_000);
    const before = await fetch(url);
    farm.clock.advance(2_000);
    const after = await fetch(url);

    assert.equal(before.status, 200);
    assert.equal(after.status, 403);
  });

  const refusals: readonly [string, number, number, number | undefined, string, number][] = [
    ['a job that is not there', 999, 1, undefined, 'job', 999],
    ['a chunk beyond the end', jobId, 3, undefined, `chunk of job ${jobId}`, 3],
    ['a chunk that no node has had', jobId, 2, undefined, 'attempt at chunk 2 of job', jobId],
    ['an attempt that has not been', jobId, 1, 3, 'log of attempt 3 at chunk 1 of job', jobId],
  ];
  for (const [title, job, chunkId, attempt, what, id] of refusals) {
    it(`refuses ${title}`, async () => {
      const input = { jobId: job, chunkId, ...(attempt === undefined ? {} : { attempt }) };

      await assertRefusedWhole(farm, 'chunkGetLog', 'not-found', { what, id }, input);
    });
  }
});
