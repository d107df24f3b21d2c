import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { EVENT_QUEUE, PROJECTOR } from '../../local/farm.ts';
import { runFeedBatch } from '../../local/feedPump.ts';
import { farmEvents } from '../../shared/contract/farmEvents.ts';
import { aJob } from '../support/aJob.ts';
import { eventBusServer } from '../support/eventBusServer.ts';
import { onEmbedded, startFarm } from '../support/startFarm.ts';

describe('events on the bus', () => {
  onEmbedded('tell of a job from its start to its end, as the contract describes', async (t) => {
    const server = await eventBusServer(t);
    const farm = await startFarm(t, { eventBus: server.bus });
    const { id } = await farm.admin.jobSubmit({ job: { ...aJob(2), name: 'shot 10', project: 'dusk' } });
    await farm.drain();
    assert.deepEqual(server.take(), []);
    const node = await farm.addNode('alpha');
    await node.claim();
    await farm.drain();
    const started = server.take();
    await node.report();
    await node.report();
    await farm.drain();
    const ended = server.take();

    assert.deepEqual(
      started.map(({ type }) => type),
      ['Job Started'],
    );
    assert.deepEqual(
      ended.map(({ type }) => type),
      ['Job Ended', 'Job Completed'],
    );
    const { job } = await farm.admin.jobGet({ id });
    assert.deepEqual(ended[1]?.detail, {
      key: `${id}:1:${job.version}:Job Completed`,
      jobId: id,
      generation: 1,
      version: job.version,
      name: 'shot 10',
      owner: 'admin',
      project: 'dusk',
      templateId: 43,
      status: 'completed',
      previousStatus: 'in-progress',
      submittedAt: '2026-01-01T00:00:00.000Z',
      startedAt: '2026-01-01T00:00:00.000Z',
      endedAt: '2026-01-01T00:00:00.000Z',
      total: 2,
      counts: { queued: 0, completed: 2, warning: 0, failed: 0 },
    });
    for (const { type, detail } of [...started, ...ended]) {
      farmEvents[type as keyof typeof farmEvents].detail().parse(detail);
    }
    assert.deepEqual(
      server.calls.flat().map(({ EventBusName, Source }) => `${EventBusName} ${Source}`),
      Array(3).fill('rollcall-test-events rollcall'),
    );
  });

  onEmbedded('tell that a job has failed', async (t) => {
    const server = await eventBusServer(t);
    const farm = await startFarm(t, { eventBus: server.bus });
    await farm.admin.jobSubmit({ job: aJob(1, { maximumChunksRequeue: 0 }) });
    const node = await farm.addNode('alpha');
    await node.claim();
    await node.report({ outcome: 'failed', exitCode: 1 });
    await farm.drain();

    assert.deepEqual(
      server.take().map(({ type, detail }) => `${type}, ${detail['status']}`),
      ['Job Started, in-progress', 'Job Ended, failed', 'Job Failed, failed'],
    );
  });

  onEmbedded('tell of a node that is lost with its chunk, and not of one that leaves', async (t) => {
    const server = await eventBusServer(t);
    const farm = await startFarm(t, { eventBus: server.bus });
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const lost = await farm.addNode('lost');
    await lost.claim();
    const leaving = await farm.addNode('leaving');
    await leaving.leave();
    await farm.drain();
    server.take();

    farm.clock.advance(91_000);
    await farm.tick();
    await farm.drain();

    const events = server.take();
    assert.deepEqual(events, [
      {
        type: 'Node Lost',
        detail: {
          key: `node-${lost.id}:2026-01-01T00:01:30.000Z:Node Lost`,
          nodeId: lost.id,
          name: 'lost',
          status: 'offline',
          previousStatus: 'working',
          lastSeenAt: '2026-01-01T00:00:00.000Z',
          silentSince: '2026-01-01T00:01:30.000Z',
          jobId: id,
          chunkId: 1,
        },
      },
    ]);
    farmEvents['Node Lost'].detail().parse(events[0]?.detail);
  });

  onEmbedded('come again, under the same key, when the bus has refused one of a call', async (t) => {
    const server = await eventBusServer(t);
    const farm = await startFarm(t, { eventBus: server.bus });
    for (const name of ['alpha', 'beta']) {
      await farm.admin.jobSubmit({ job: aJob(1) });
      await (await farm.addNode(name)).claim();
    }
    server.refuse('Job Started', 1);

    await farm.drain();

    // What was taken in the call that failed in part comes twice.
    assert.deepEqual(
      server.take().map(({ detail }) => detail['key']),
      ['2:1:2:Job Started', '1:1:2:Job Started', '2:1:2:Job Started'],
    );
  });

  for (const [state, what] of [
    ['unavailable', 'says that it cannot take them'],
    ['silent', 'does not answer'],
  ] as const) {
    onEmbedded(`hold nothing up while the bus ${what}, and come when it is well again`, async (t) => {
      const server = await eventBusServer(t);
      const farm = await startFarm(t, { eventBus: server.bus });
      const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
      const node = await farm.addNode('alpha');
      await node.claim();
      await node.report();
      server.state = state;
      const { table, context } = farm;
      const feed = { table, consumer: PROJECTOR, handler: farm.sources.projector, logger: context.logger };

      assert.equal(await runFeedBatch(feed, 200, false), 'done');
      await farm.drain();

      assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed');
      assert.deepEqual(
        (await farm.admin.chunkGetHistory({ jobId: id })).attempts.map(({ outcome }) => outcome),
        ['completed'],
      );
      assert.deepEqual(server.take(), []);
      assert.deepEqual(
        farm.logged.filter(({ event }) => event === 'events-postponed').map(({ count }) => count),
        [1, 2],
      );

      server.state = 'well';
      farm.clock.advance(900_000);
      await farm.drain();

      assert.deepEqual(
        server
          .take()
          .map(({ type }) => type)
          .sort(),
        ['Job Completed', 'Job Ended', 'Job Started'],
      );
      assert.deepEqual(await farm.queues.receive(`${EVENT_QUEUE}-dead`), []);
    });
  }

  onEmbedded('are put aside when the bus has refused them five times', async (t) => {
    const server = await eventBusServer(t);
    const farm = await startFarm(t, { eventBus: server.bus });
    await farm.admin.jobSubmit({ job: aJob(1) });
    await (await farm.addNode('alpha')).claim();
    server.state = 'unavailable';

    for (let tries = 0; tries <= 5; tries += 1) {
      await farm.drain();
      farm.clock.advance(900_000);
    }

    const [letter] = await farm.queues.receive(`${EVENT_QUEUE}-dead`);
    assert.match(
      letter?.body ?? '',
      /^\{"events":\[\{"type":"Job Started","detail":\{"key":"1:1:2:Job Started",/,
    );
  });

  onEmbedded('are put ten in a call at most', async (t) => {
    const server = await eventBusServer(t);
    const farm = await startFarm(t, { eventBus: server.bus });
    for (let count = 0; count < 12; count += 1) {
      await farm.admin.jobSubmit({ job: aJob(1) });
      await (await farm.addNode(`node-${count}`)).claim();
    }

    await farm.drain();

    assert.deepEqual(
      server.calls.map(({ length }) => length),
      [10, 2],
    );
  });
});
