/** What goes wrong on the wire: calls that are refused, answers that are lost, records and messages that always fail. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertConsistent, renderAll, twoTicks } from '../../support/consistency.ts';
import type { FakeNode } from '../../support/fakeNode.ts';
import type { AwsFarm, StartAwsFarm } from '../awsFarm.ts';
import type { Call } from '../readCall.ts';
import type { Failure } from '../wire.ts';

const writesTo =
  (partition: string) =>
  ({ written }: Call): boolean =>
    written?.startsWith(partition) === true;

/** A farm whose own faults are expected, so that they are not shown. */
const quietly = (t: TestContext) => ({ after: (end: () => void) => t.after(end), diagnostic: () => {} });

/** Repeats a call as agents do: until it has an answer that is not our fault. */
async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (attempt >= 5 || (error as { retryable?: boolean }).retryable !== true) throw error;
    }
  }
}

async function renderPatiently(node: FakeNode): Promise<void> {
  for (let work = await patiently(() => node.claim()); work !== null; ) {
    work = await patiently(() => node.report());
  }
}

const completedAttempts = async (farm: AwsFarm, jobId: number): Promise<number[]> => {
  const { attempts } = await farm.admin.chunkGetHistory({ jobId });
  return attempts.filter(({ outcome }) => outcome === 'completed').map(({ chunkId }) => chunkId);
};

export function faultStories(startAwsFarm: StartAwsFarm): void {
  describe('a call of DynamoDB that fails', () => {
    for (const failure of ['throttled', 'transaction-conflict', 'lost-request'] as const) {
      it(`without having been applied is repeated until it is, unseen by the node: ${failure}`, async (t) => {
        const farm = await startAwsFarm(t);
        const node = await farm.addNode('alpha');
        const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
        // An update that adds is sent once by the SDK; a connection that broke may have carried it.
        const partition = failure === 'lost-request' ? 'CHUNKS' : 'STATES';
        const strikes = farm.wire.inject({ failure, when: writesTo(partition), times: 2 });

        await node.claim();
        await node.report();
        await node.report();
        await farm.drain();

        assert.equal(strikes(), 2);
        assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed');
        assert.deepEqual(await completedAttempts(farm, id), [1, 2]);
        await assertConsistent(farm, id);
      });
    }

    for (const failure of ['lost-answer', 'server-error'] as const) {
      it(`after it was applied has its effect once, whichever write of a claim or a report it is: ${failure}`, async (t) => {
        for (const position of [0, 1, 2, 3, 4, 5, 6]) await renderWith(t, failure, position);
      });

      it(`after a job was submitted does not submit it twice: ${failure}`, async (t) => {
        const farm = await startAwsFarm(quietly(t));
        for (const partition of ['REQUESTS', 'COUNTERS', 'JOBS', 'STATES']) {
          const job = aJob(1, { name: partition });
          const strikes = farm.wire.inject({ failure, when: writesTo(partition) });
          await patiently(() => farm.admin.jobSubmit({ job, requestToken: `token-of-${partition}` }));
          assert.deepEqual([partition, strikes()], [partition, 1]);
        }

        const { jobs } = await farm.admin.jobGetList({});

        assert.deepEqual(jobs.map(({ name }) => name).sort(), ['COUNTERS', 'JOBS', 'REQUESTS', 'STATES']);
      });
    }

    /** Three chunks, of which the write of this position fails once the job is there. */
    async function renderWith(t: TestContext, failure: Failure, position: number): Promise<void> {
      const farm = await startAwsFarm(quietly(t));
      const node = await farm.addNode('alpha');
      const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
      await farm.drain();
      let seen = 0;
      const strikes = farm.wire.inject({
        failure,
        when: ({ written }) => written !== undefined && seen++ === position,
      });

      await renderPatiently(node);
      await twoTicks(farm);
      await renderPatiently(node);
      await twoTicks(farm);

      assert.equal(strikes(), 1, `write ${position} has failed`);
      const { job } = await farm.admin.jobGet({ id });
      assert.deepEqual(
        [job.status, job.counts.completed, job.runningCount],
        ['completed', 3, 0],
        `write ${position}`,
      );
      assert.deepEqual(await completedAttempts(farm, id), [1, 2, 3], `write ${position}`);
      await assertConsistent(farm, id);
      await farm.close();
    }
  });

  describe('a call of SQS that is throttled', () => {
    it('is made again with the record of the feed that asked for it', async (t) => {
      const farm = await startAwsFarm(quietly(t));
      const node = await farm.addNode('alpha');
      await node.claim();
      await farm.drain();
      await farm.admin.jobSubmit({ job: aJob(1) });
      const isSend = ({ service, operation, accessKey }: Call): boolean =>
        service === 'sqs' && operation === 'SendMessage' && accessKey.endsWith('projector');
      const strikes = farm.wire.inject({ failure: 'refused', when: isSend, times: 3 });

      await farm.drain();

      assert.equal(strikes(), 3);
      assert.equal((await node.heartbeat()).hasWork, true);
    });
  });

  describe('a record of the feed that always fails', () => {
    it('goes to the dead letters alone after its retries, and what came with it has its effect once', async (t) => {
      const farm = await startAwsFarm(quietly(t));
      const node = await farm.addNode('alpha');
      const jobs: number[] = [];
      for (let count = 0; count < 5; count += 1) jobs.push((await farm.admin.jobSubmit({ job: aJob(1) })).id);
      const poison = jobs[2] ?? 0;
      await farm.drain();
      for (let work = await node.claim(); work !== null; work = await node.report());
      const strikes = farm.wire.inject({
        failure: 'refused',
        when: ({ operation, body }) => operation === 'BatchWriteItem' && body.includes(`ATTEMPTS#${poison}#`),
        times: 1_000,
      });

      await farm.drain();

      for (const id of jobs) {
        assert.deepEqual(await completedAttempts(farm, id), id === poison ? [] : [1], `job ${id}`);
        assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed');
      }
      const dead = (await farm.messagesOf('rollcall-feed-dead')).map((body) => JSON.parse(body));
      assert.deepEqual(
        dead.map(({ requestContext, DDBStreamBatchInfo }) => [
          requestContext.condition,
          DDBStreamBatchInfo.batchSize,
        ]),
        [['RetryAttemptsExhausted', 1]],
      );
      assert.match(dead[0].DDBStreamBatchInfo.streamArn, /:table\/rollcall-try-queue\/stream\//);
      // Alone it is tried six times; before, it is part of halves that get smaller.
      assert.ok(strikes() >= 6 && strikes() <= 12, `${strikes()} calls`);
    });

    it('is done when the function dies in the middle of its batch', async (t) => {
      const farm = await startAwsFarm(quietly(t));
      const node = await farm.addNode('alpha');
      const parent = await farm.admin.jobSubmit({ job: aJob(2, { priority: 99 }) });
      const child = await farm.admin.jobSubmit({
        job: aJob(2, { dependIds: [parent.id], dependLinkMode: 'chunks' }),
      });
      await farm.drain();
      await node.claim();
      await node.report();
      farm.writes.crashOnceAfter(`CHUNKS#${child.id}#`);

      await farm.drain();

      assert.equal((await farm.admin.jobGet({ id: child.id })).job.counts.queued, 1);
      await renderAll(farm, [node]);
      assert.equal((await farm.admin.jobGet({ id: child.id })).job.status, 'completed');
      await assertConsistent(farm, child.id);
    });
  });

  describe('a message that always fails', () => {
    it('goes to the dead letters after five times, and the others of its batch are handled once', async (t) => {
      const farm = await startAwsFarm(quietly(t));
      const nodes = await Promise.all(['a', 'b', 'c'].map((name) => farm.addNode(name)));
      for (const node of nodes) await node.claim();
      await farm.drain();
      farm.clock.advance(10_000);
      await farm.drain();
      const poison = await farm.admin.jobSubmit({ job: aJob(1, { includedPools: ['nobody'] }) });
      const strikes = farm.wire.inject({
        failure: 'refused',
        when: ({ accessKey, operation, body }) =>
          accessKey.endsWith('dispatch') && operation === 'GetItem' && isStateOf(poison.id, body),
        times: 1_000,
      });
      const good = await farm.admin.jobSubmit({ job: aJob(3) });

      await farm.drain();

      assert.equal(strikes(), 1);
      assert.equal((await farm.admin.jobGet({ id: good.id })).job.runningCount, 3);
      for (let time = 0; time < 5; time += 1) {
        farm.clock.advance(61_000);
        await farm.drain();
      }
      assert.equal(strikes(), 5);
      assert.deepEqual(
        (await farm.messagesOf('rollcall-dispatch-dead')).map((body) => JSON.parse(body).trigger),
        [{ jobId: poison.id }],
      );
    });

    it('is taken off the queue if nobody can read it, and said in the log', async (t) => {
      const farm = await startAwsFarm(quietly(t));

      await farm.context.recountQueue.send({ jobId: 0, generation: -1 });
      await farm.drain();

      assert.equal(farm.logged.filter(({ event }) => event === 'record-malformed').length, 1);
      farm.clock.advance(91_000);
      assert.deepEqual(await farm.messagesOf('rollcall-recount'), []);
    });
  });
}

/** Whether a read of one item is that of a job's state. */
function isStateOf(jobId: number, body: string): boolean {
  const { Key } = JSON.parse(body) as { Key: { pk: { S: string }; sk: { S: string } } };
  return Key.pk.S.startsWith('STATES#') && Number(Key.sk.S) === jobId;
}
