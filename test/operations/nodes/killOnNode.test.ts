import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { aJob } from '../../support/aJob.ts';
import type { FakeNode } from '../../support/fakeNode.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

async function workingNode(farm: TestFarm): Promise<{ node: FakeNode; jobId: number; token: string }> {
  const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(2) });
  const node = await farm.addNode('alpha');
  const work = await node.claim();
  return { node, jobId, token: work?.assignment.token ?? '' };
}

/** What the node finds in its mailbox. */
async function mailOf(node: FakeNode): Promise<unknown[]> {
  const { queueUrl, endpoint, region, ...credentials } = await node.client.nodeMailboxCredentials({
    session: node.session,
  });
  const sqs = new SQSClient({ endpoint: endpoint ?? '', region, credentials });
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
  );
  sqs.destroy();
  return Messages.map(({ Body }) => JSON.parse(Body ?? ''));
}

describe('kills on one node', () => {
  it('nodeKillProcess puts the chunk back without penalty; the node takes its next chunk', async (t) => {
    const farm = await startFarm(t);
    const { node, jobId, token } = await workingNode(farm);

    await farm.admin.nodeKillProcess({ id: node.id });
    const { node: after } = await farm.admin.nodeGet({ id: node.id });
    const { chunk } = await farm.admin.chunkGet({ jobId, chunkId: 1 });
    const mail = await mailOf(node);
    const work = await node.claim();

    assert.deepEqual([after.status, after.jobId], ['idle', null]);
    assert.deepEqual([chunk.status, chunk.requeueCount, chunk.message], ['queued', 0, 'killed by hand']);
    assert.deepEqual(mail, [{ kind: 'kill', token }]);
    assert.notEqual(work, null);
    assert.notEqual(work?.assignment.token, token);
  });

  it('nodeKillProcessAndPause pauses the node and puts the chunk back', async (t) => {
    const farm = await startFarm(t);
    const { node, jobId, token } = await workingNode(farm);

    await farm.admin.nodeKillProcessAndPause({ id: node.id });
    const { node: after } = await farm.admin.nodeGet({ id: node.id });
    const { chunk } = await farm.admin.chunkGet({ jobId, chunkId: 1 });
    const mail = await mailOf(node);

    assert.deepEqual([after.status, after.paused], ['paused', true]);
    assert.deepEqual([chunk.status, chunk.requeueCount], ['queued', 0]);
    assert.deepEqual(mail, [
      { kind: 'converge', commandNo: 1 },
      { kind: 'kill', token },
    ]);
    assert.equal(await node.claim(), null);
  });

  it('nodeKillProcessAndRestart starts the same chunk again on the same node', async (t) => {
    const farm = await startFarm(t);
    const { node, jobId, token } = await workingNode(farm);

    await farm.admin.nodeKillProcessAndRestart({ id: node.id });
    const { node: after } = await farm.admin.nodeGet({ id: node.id });
    const { job } = await farm.admin.jobGet({ id: jobId });
    const mail = await mailOf(node);
    const work = await node.claim();
    await farm.drain();
    const { attempts } = await farm.admin.chunkGetHistory({ jobId });

    assert.deepEqual([after.status, after.jobId, after.chunkId], ['working', jobId, 1]);
    assert.equal(job.runningCount, 1);
    assert.deepEqual(mail, [{ kind: 'kill', token }]);
    assert.deepEqual([work?.assignment.index, work?.assignment.attempt], [0, 2]);
    assert.notEqual(work?.assignment.token, token);
    assert.deepEqual(
      attempts.map(({ attempt, outcome }) => [attempt, outcome]),
      [[1, 'overridden']],
    );
  });

  it('refuse a node that is not there', async (t) => {
    const farm = await startFarm(t);
    const details = { what: 'node', id: 999 };

    await assertRefusedWhole(farm, 'nodeKillProcess', 'not-found', details, { id: 999 });
    await assertRefusedWhole(farm, 'nodeKillProcessAndPause', 'not-found', details, { id: 999 });
    await assertRefusedWhole(farm, 'nodeKillProcessAndRestart', 'not-found', details, { id: 999 });
  });

  it('refuse a node that runs nothing and leave it as it is', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.addNode('alpha');
    const details = { what: 'node', id, from: 'idle', event: 'kill', rule: 'it runs no chunk' };

    await assertRefusedWhole(farm, 'nodeKillProcess', 'transition-refused', details, { id });
    await assertRefusedWhole(farm, 'nodeKillProcessAndPause', 'transition-refused', details, { id });
    await assertRefusedWhole(farm, 'nodeKillProcessAndRestart', 'transition-refused', details, { id });
  });
});
