import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertUnchanged } from '../../support/farmState.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();

describe('nodeLeave', () => {
  it('takes the node off the farm; its chunk goes back without penalty', async () => {
    const node = await farm.addNode('alpha');
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(1) });
    await node.claim();

    await node.leave();
    const { node: after } = await farm.admin.nodeGet({ id: node.id });
    const { chunk } = await farm.admin.chunkGet({ jobId, chunkId: 1 });

    assert.deepEqual([after.status, after.jobId], ['offline', null]);
    assert.deepEqual([chunk.status, chunk.requeueCount], ['queued', 0]);
  });

  it('ends the session: a claim that arrives only afterwards takes nothing', async () => {
    const node = await farm.addNode('late');
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(1) });
    // The claim has looked at the node and is about to give it the chunk when the node leaves.
    farm.writes.beforeFirst('NODESTATES', () => node.client.nodeLeave({ session: node.session }));

    await assert.rejects(node.claim(), { code: 'session-replaced' });

    assert.equal((await farm.admin.nodeGet({ id: node.id })).node.status, 'offline');
    assert.equal((await farm.admin.chunkGet({ jobId, chunkId: 1 })).chunk.status, 'queued');
    await farm.admin.jobDelete({ id: jobId });
  });

  it('may be repeated', async () => {
    const node = await farm.addNode('beta');
    await node.leave();

    await assertUnchanged(farm, () => node.leave());
  });
});
