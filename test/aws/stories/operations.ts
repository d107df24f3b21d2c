/** Operations that no flow calls and that need rights of their own. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import type { StartAwsFarm } from '../awsFarm.ts';

export function operationStories(startAwsFarm: StartAwsFarm): void {
  describe('jobs', () => {
    it('go into a folder, which is deleted when it is empty', async (t) => {
      const farm = await startAwsFarm(t);
      const folder = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
      const { id } = await farm.admin.jobSubmit({ job: aJob(1, { parentId: folder.id }) });

      await assert.rejects(farm.admin.jobDelete({ id: folder.id }), { code: 'transition-refused' });
      await farm.admin.jobDelete({ id });
      await farm.admin.jobDelete({ id: folder.id });
      await farm.drain();

      assert.deepEqual((await farm.admin.jobGetList({})).jobs, []);
    });

    it('are recounted from the queue when they are long', async (t) => {
      const farm = await startAwsFarm(t);
      const { id } = await farm.admin.jobSubmit({ job: aJob(20_001) });

      const { result } = await farm.admin.jobUpdateStatus({ id });
      await farm.drain();

      assert.equal(result, 'started');
      assert.equal((await farm.admin.jobGet({ id })).job.status, 'queued');
    });

    it('are recounted when a chunk is set anew by a request that died before it counted', async (t) => {
      const farm = await startAwsFarm({ after: (end) => t.after(end), diagnostic: () => {} });
      const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
      const request = { jobId: id, chunkId: 1, status: 'completed', requestToken: 'set-by-hand' } as const;
      // The request and the chunk are written, the job is not.
      farm.writes.crashAfter(2);
      await assert.rejects(farm.admin.chunkSetStatus(request));

      await farm.admin.chunkSetStatus(request);
      await farm.drain();

      assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed');
    });
  });

  describe('nodes', () => {
    it('are forgotten with their mailbox', async (t) => {
      const farm = await startAwsFarm(t);
      const node = await farm.addNode('alpha');
      await node.leave();

      await farm.admin.nodeRemoveRegistration({ id: node.id });

      assert.deepEqual((await farm.admin.nodeGetList({})).nodes, []);
      await assert.rejects(farm.messagesOf(`rollcall-node-${node.id}.fifo`), /does not exist/);
    });

    it('are all told by one message', async (t) => {
      const farm = await startAwsFarm(t);
      const nodes = await Promise.all(['a', 'b', 'c'].map((name) => farm.addNode(name)));

      const { commandId } = await farm.admin.sendMessageToNode({ id: -1, message: 'lunch', brodcast: true });
      await farm.drain();

      for (const { client, session } of nodes) {
        const { commands } = await client.nodeFetchCommands({ session });
        assert.deepEqual(commands, [
          { commandId, command: { kind: 'message', templateId: 0, text: 'lunch' } },
        ]);
      }
    });

    it('that no recall has reached are stopped by the tick', async (t) => {
      const farm = await startAwsFarm({ after: (end) => t.after(end), diagnostic: () => {} });
      const node = await farm.addNode('alpha');
      const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
      await node.claim();
      await farm.drain();
      await farm.admin.jobReinit({ id });
      // The projector asks for the recall, and the recall is lost.
      farm.wire.inject({
        failure: 'refused',
        when: ({ accessKey, service }) => service === 'dynamodb' && accessKey.endsWith('dispatch'),
        times: 1_000,
      });
      await farm.drain();

      const counts = await farm.tick();

      assert.equal(counts.recallStrays, 1);
      await assert.rejects(node.heartbeat(), { code: 'stale-attempt' });
    });
  });

  describe('pools', () => {
    it('are made, changed, read and removed', async (t) => {
      const farm = await startAwsFarm(t);
      const node = await farm.addNode('alpha');
      await farm.admin.poolAdd({ pool: { name: 'night', nodes: ['alpha'] }, requestToken: 'add-a-pool' });
      await farm.admin.poolAdd({ pool: { name: 'night', nodes: ['alpha'] }, requestToken: 'add-a-pool' });
      await farm.admin.poolConfigure({ pool: { name: 'night', description: 'after ten' } });

      assert.deepEqual((await farm.admin.nodeGet({ id: node.id })).node.pools, ['night']);
      assert.deepEqual((await farm.admin.poolGet({ name: 'night' })).pool.description, 'after ten');
      await farm.admin.poolRemove({ name: 'night' });
      assert.deepEqual((await farm.admin.poolGetList({})).pools, []);
    });
  });
}
