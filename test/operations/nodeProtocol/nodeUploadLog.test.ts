import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm } from '../../support/startFarm.ts';

describe('nodeUploadLog', () => {
  it('gives a link for the attempt that the node runs, and for the one that it ended last', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(2) });
    const node = await farm.addNode('alpha');
    const attempt = (await node.claim())?.assignment;
    assert.ok(attempt);

    const running = await node.client.nodeUploadLog({ session: node.session, attempt });
    await node.report();
    const ended = await node.client.nodeUploadLog({ session: node.session, attempt });
    const { status } = await fetch(ended.url, {
      method: 'PUT',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: 'rendered',
    });
    const { url } = await farm.admin.chunkGetLog({ jobId: attempt.jobId, chunkId: 1 });

    assert.equal(running.maximumBytes, 8_388_608);
    assert.ok(status < 300);
    assert.equal(await (await fetch(url)).text(), 'rendered');
  });

  it('gives a second link, for a picture of 32 KB at most, to a node that has one', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');
    const attempt = (await node.claim())?.assignment;
    assert.ok(attempt);

    const without = await node.client.nodeUploadLog({ session: node.session, attempt });
    const { thumbnail } = await node.client.nodeUploadLog({
      session: node.session,
      attempt,
      hasThumbnail: true,
    });
    assert.ok(thumbnail);
    const put = async (contentType: string, bytes: number): Promise<number> => {
      const body = new Uint8Array(bytes);
      return (await fetch(thumbnail.url, { method: 'PUT', headers: { 'content-type': contentType }, body }))
        .status;
    };

    assert.equal(without.thumbnail, undefined);
    assert.equal(thumbnail.maximumBytes, 32_768);
    assert.deepEqual(
      [await put('image/jpeg', 32_769), await put('text/plain', 9), await put('image/jpeg', 32_768)],
      [413, 403, 200],
    );
  });

  it('refuses an attempt of another node and one that never was', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(2) });
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    const attempt = (await alpha.claim())?.assignment;
    assert.ok(attempt);

    await assertRefusedWhole(
      farm,
      'nodeUploadLog',
      'stale-attempt',
      { token: attempt.token },
      { session: beta.session, attempt },
      beta.client,
    );
    for (const change of [{ token: 'made-up' }, { index: 1 }, { generation: 7 }, { jobId: 999 }])
      await assertRefusedWhole(
        farm,
        'nodeUploadLog',
        'stale-attempt',
        {},
        { session: alpha.session, attempt: { ...attempt, ...change } },
        alpha.client,
      );
  });

  it('gives no link to the log of another attempt at the same chunk', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');
    const attempt = (await node.claim())?.assignment;
    assert.ok(attempt);

    await assertRefusedWhole(
      farm,
      'nodeUploadLog',
      'stale-attempt',
      { token: attempt.token },
      { session: node.session, attempt: { ...attempt, attempt: 7 } },
      node.client,
    );
  });
});
