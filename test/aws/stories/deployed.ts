/** What only a deployment has: first start, links to S3, credentials of STS, the queue of hooks, the dead letters. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { aJob } from '../../support/aJob.ts';
import { renderAll } from '../../support/consistency.ts';
import { fakeNode } from '../../support/fakeNode.ts';
import { aFolder } from '../../support/folders.ts';
import { REAL_JOIN_TOKEN, startAgent, until } from '../../support/realFarm.ts';
import type { StartAwsFarm } from '../awsFarm.ts';
import { GATED_TEMPLATE_ID, TEST_TEMPLATE_ID } from '../testTemplates.ts';

const HOUR_MS = 3_600_000;

export function deployedStories(startAwsFarm: StartAwsFarm): void {
  describe('an empty account', () => {
    it('comes to the end of a job with the secrets of the first start alone', async (t) => {
      const farm = await startAwsFarm(t, { isEmpty: true });
      const secrets = (await farm.invoke('firstStart', {})) as { adminPassword: string; joinToken: string };
      const { token } = await farm.admin.login({ name: 'admin', password: secrets.adminPassword });
      const client = farm.clientWith(token);

      const { id } = await client.jobSubmit({ job: aJob(2) });
      await farm.drain();
      const node = await fakeNode(farm.url, secrets.joinToken, 'wall-e');
      const work = await node.claim();
      assert.equal(work?.assignment.jobId, id);
      const upload = await node.client.nodeUploadLog({
        session: node.session,
        attempt: work.assignment,
        hasThumbnail: true,
      });
      const put = await fetch(upload.url, {
        method: 'PUT',
        body: 'rendered',
        headers: { 'content-type': 'text/plain; charset=utf-8' },
      });
      const putPicture = await fetch(String(upload.thumbnail?.url), {
        method: 'PUT',
        body: 'a picture',
        headers: { 'content-type': 'image/jpeg' },
      });
      await node.report();
      await node.report();
      await farm.drain();

      assert.deepEqual([put.status, putPicture.status], [200, 200]);
      assert.equal((await client.jobGet({ id })).job.status, 'completed');
      const log = await client.chunkGetLog({ jobId: id, chunkId: 1 });
      assert.equal(await (await fetch(log.url)).text(), 'rendered');
      const picture = await client.chunkGetThumbnail({ jobId: id, chunkId: 1 });
      assert.equal(await (await fetch(picture.url)).text(), 'a picture');
      assert.equal((await client.chunkGetHistory({ jobId: id })).attempts.length, 2);
    });

    it('is told its secrets once, and takes new ones', async (t) => {
      const farm = await startAwsFarm(t, { isEmpty: true });
      const { adminPassword } = (await farm.invoke('firstStart', {})) as { adminPassword: string };
      const { token } = await farm.admin.login({ name: 'admin', password: adminPassword });

      assert.deepEqual(await farm.invoke('firstStart', {}), {});
      assert.deepEqual(await farm.invoke('firstStart', { adminPassword: 'another password' }), {});
      await assert.rejects(farm.clientWith(token).whoAmI({}), { code: 'unauthenticated' });
      assert.ok((await farm.admin.login({ name: 'admin', password: 'another password' })).token);
    });

    it('refuses secrets that are too short, by field and rule', async (t) => {
      const farm = await startAwsFarm(t, { isEmpty: true });

      await assert.rejects(
        farm.invoke('firstStart', { joinToken: 'short' }),
        /joinToken must be 16 to 256 letters, digits, - and _/,
      );
    });
  });

  describe('a log', () => {
    it('that nobody has written is told from one that may not be read', async (t) => {
      const farm = await startAwsFarm(t);
      const node = await farm.addNode('alpha');
      const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
      await node.claim();
      await node.report();

      await assert.rejects(farm.admin.chunkGetLog({ jobId: id, chunkId: 1 }), { code: 'not-found' });
    });
  });

  describe('the hook queue', () => {
    it('tells a template in order what becomes of a job, once', async (t) => {
      const farm = await startAwsFarm(t);
      const node = await farm.addNode('alpha');
      const { id } = await farm.admin.jobSubmit({ job: aJob(3, { templateId: TEST_TEMPLATE_ID }) });

      await renderAll(farm, [node]);

      assert.deepEqual(
        farm.logged.filter(({ event }) => event === 'hook-heard').map(({ hook, jobId }) => [hook, jobId]),
        [
          ['onJobStart', id],
          ['onJobEnd', id],
          ['onJobCompleted', id],
        ],
      );
    });

    it('asks a template about chunks, message after message, and again after an edit', async (t) => {
      const farm = await startAwsFarm(t);
      const job = aJob(400, { name: 'closed', templateId: GATED_TEMPLATE_ID });
      const { id } = await farm.admin.jobSubmit({ job });
      await farm.drain();
      const closed = (await farm.admin.jobGet({ id })).job.counts.queued;
      const { message } = (await farm.admin.chunkGet({ jobId: id, chunkId: 2 })).chunk;
      await farm.admin.jobEdit({ id, changes: { name: 'open' } });
      await farm.drain();

      assert.equal(closed, 200);
      assert.equal(message, 'onValidateChunkDependancies of its template says: chunk 2 is closed');
      assert.equal((await farm.admin.jobGet({ id })).job.counts.queued, 400);
    });

    it('puts a hook that fails five times aside, and holds up no other job meanwhile', async (t) => {
      const farm = await startAwsFarm({ after: (end) => t.after(end), diagnostic: () => {} });
      const node = await farm.addNode('alpha');
      const bad = await farm.admin.jobSubmit({
        job: aJob(1, { name: 'poison', templateId: TEST_TEMPLATE_ID }),
      });
      const good = await farm.admin.jobSubmit({ job: aJob(1, { templateId: TEST_TEMPLATE_ID }) });
      await renderAll(farm, [node]);
      for (let time = 0; time < 16; time += 1) {
        farm.clock.advance(91_000);
        await farm.drain();
      }

      const dead = (await farm.messagesOf('rollcall-hooks-dead.fifo')).map((body) => JSON.parse(body));
      assert.deepEqual(
        dead.map(({ hook, state }) => [hook, state.id]),
        [
          ['onJobStart', bad.id],
          ['onJobEnd', bad.id],
          ['onJobCompleted', bad.id],
        ],
      );
      assert.equal(farm.logged.filter(({ event }) => event === 'record-failed').length, 15);
      assert.deepEqual(
        farm.logged.filter(({ event }) => event === 'hook-heard').map(({ jobId }) => jobId),
        [good.id, good.id, good.id],
      );
    });
  });

  describe('limits', () => {
    it('of two licences let two chunks run, and a third when one is given back', async (t) => {
      const farm = await startAwsFarm(t);
      const { id } = await farm.admin.jobSubmit({ job: aJob(4, { templateId: TEST_TEMPLATE_ID }) });
      const [alpha, beta, gamma] = await Promise.all(['a', 'b', 'c'].map((name) => farm.addNode(name)));
      assert.ok(alpha && beta && gamma);
      assert.ok(await alpha.claim());
      assert.ok(await beta.claim());
      assert.equal(await gamma.claim(), null);

      await alpha.report({ outcome: 'interrupted', exitCode: null, wantsNext: false });
      await farm.drain();

      const { runningCount } = (await farm.admin.jobGet({ id })).job;
      assert.equal(runningCount, 2);
    });
  });

  describe('a mailbox', () => {
    it('is lent to its node alone', async (t) => {
      const farm = await startAwsFarm(t);
      const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];

      const mailbox = await alpha.client.nodeMailboxCredentials({ session: alpha.session });

      assert.equal(mailbox.queueUrl, `${farm.wire.url}/000000000000/rollcall-try-node-${alpha.id}.fifo`);
      const client = new SQSClient({ region: mailbox.region, credentials: mailbox, maxAttempts: 1 });
      t.after(() => client.destroy());
      await client.send(new ReceiveMessageCommand({ QueueUrl: mailbox.queueUrl }));
      const other = mailbox.queueUrl.replace(`node-${alpha.id}.`, `node-${beta.id}.`);
      await assert.rejects(client.send(new ReceiveMessageCommand({ QueueUrl: other })), {
        name: 'AccessDeniedException',
      });
      assert.deepEqual(farm.takeBreaches(), [
        {
          principal: 'mailboxes',
          action: 'sqs:ReceiveMessage',
          resource: `arn:aws:sqs:us-east-1:000000000000:rollcall-try-node-${beta.id}.fifo`,
        },
      ]);
    });

    it('whose credentials have expired is asked for anew by an agent, which is woken through it', async (t) => {
      const farm = await startAwsFarm(t);
      // The agent looks at the machine's clock.
      farm.clock.set(Date.now());
      await farm.context.tokens.add(REAL_JOIN_TOKEN, { kind: 'join' }, { expiresAt: null });
      const admin = await farm.addUser('an admin of today', { isAdmin: true });
      const lent = (): number => farm.usesOf('nodeProtocol', 'sts:AssumeRole');
      const before = lent();
      const agent = startAgent(farm.url, aFolder(t), 'wall-e');
      t.after(() => agent.kill());
      await until('the agent is idle and reads its mailbox', async () => {
        const { nodes } = await admin.nodeGetList({ status: 'idle' });
        return nodes.length === 1 && lent() === before + 1;
      });

      farm.clock.advance(HOUR_MS + 1_000);
      await until('the agent has new credentials', () => lent() === before + 2);
      const { id } = await admin.jobSubmit({ job: aJob(1) });
      const { status } = await until('the job has ended', async () => {
        await farm.drain();
        const { job } = await admin.jobGet({ id });
        return job.endedAt !== null && job;
      });

      assert.equal(status, 'completed');
    });
  });
}
