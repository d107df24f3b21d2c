/** What Consoles hear of the farm, and what they do not. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ConsoleEvent, eventSchema } from '../../shared/contract/consoleEvents.ts';
import { toStreamEvent } from '../../shared/store/streamRecords.ts';
import { aJob } from '../support/aJob.ts';
import { aUser } from '../support/aUser.ts';
import { liveClient } from '../support/liveClient.ts';
import { until } from '../support/realFarm.ts';
import { startFarm, type TestFarm } from '../support/startFarm.ts';

/** A Console that is subscribed to topics. */
async function watcher(farm: TestFarm, ...subscriptions: { topic: string; ids?: number[] }[]) {
  const username = `watcher ${farm.context.newToken()}`;
  const client = await liveClient(farm, await aUser(farm.context, username));
  for (const subscription of subscriptions) await client.say({ action: 'subscribe', ...subscription });
  // What was before is not told.
  farm.clock.advance(1_000);
  return { ...client, username };
}

/** Events without what differs from run to run; each fits its schema. */
const plain = (events: readonly ConsoleEvent[]) =>
  events.map((event) => {
    assert.deepEqual(eventSchema().parse(event), event);
    if (!('sequence' in event)) return event;
    const { sequence: _, ...rest } = event;
    return rest;
  });

describe('changes', () => {
  it('of a job are told by id, status and version, those of a second as one', async (t) => {
    const farm = await startFarm(t);
    const client = await watcher(farm, { topic: 'jobs' });

    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.push();
    await farm.admin.jobEdit({ id, changes: { paused: true } });
    await farm.admin.jobEdit({ id, changes: { paused: false, priority: 7 } });
    await farm.push();
    await farm.admin.jobDelete({ id });
    await farm.push();
    farm.clock.advance(120_000);
    await farm.tick();
    await farm.push();
    await client.until((heard) => heard.filter(({ kind }) => kind === 'events').length === 3);

    assert.deepEqual(plain(client.events()), [
      { event: 'jobs/added', id, status: 'queued', previousStatus: null, version: 1 },
      { event: 'jobs/changed', id, status: 'queued', previousStatus: 'queued', version: 3, specVersion: 2 },
      { event: 'jobs/removed', id, status: 'deleting', previousStatus: 'queued', version: 4 },
    ]);
  });

  it('of nodes are told when they begin and end work, not when they beat', async (t) => {
    const farm = await startFarm(t);
    const client = await watcher(farm, { topic: 'nodes' });
    const node = await farm.addNode('node');
    await farm.push();
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(1) });
    await node.claim();
    await farm.push();
    await node.heartbeat();
    await farm.push();
    await farm.admin.nodePause({ id: node.id });
    await farm.push();
    await client.until((heard) => heard.length - 1 === 3);

    const told = { event: 'nodes/changed', id: node.id, jobId, chunkId: 1 };
    assert.deepEqual(plain(client.events()), [
      {
        event: 'nodes/added',
        id: node.id,
        status: 'idle',
        previousStatus: null,
        jobId: null,
        chunkId: null,
      },
      { ...told, status: 'working', previousStatus: 'idle' },
      { ...told, status: 'working', previousStatus: 'working' },
    ]);
  });

  it('of chunks are told for the jobs that are named alone', async (t) => {
    const farm = await startFarm(t);
    const one = await farm.admin.jobSubmit({ job: aJob(2) });
    const other = await farm.admin.jobSubmit({ job: aJob(2) });
    const client = await watcher(farm, { topic: 'chunks', ids: [other.id] });
    const nodes = [await farm.addNode('a'), await farm.addNode('b'), await farm.addNode('c')];

    for (const node of nodes) await node.claim();
    await farm.push();
    await client.until((heard) => heard.some(({ kind }) => kind === 'events'));

    assert.notEqual(one.id, other.id);
    assert.deepEqual(plain(client.events()), [
      {
        event: 'chunks/changed',
        jobId: other.id,
        generation: 1,
        id: 1,
        status: 'running',
        previousStatus: 'queued',
        version: 1,
        attempt: 1,
      },
    ]);
  });

  it('of pools, repositories, people and settings are told by name', async (t) => {
    const farm = await startFarm(t);
    const topics = ['pools', 'repositories', 'users', 'groups', 'system'];
    const client = await watcher(farm, ...topics.map((topic) => ({ topic })));

    await farm.admin.poolAdd({ pool: { name: 'fast' } });
    await farm.admin.repositoriesAdd({
      repository: { name: 'show', paths: { linux: '/show', darwin: '/Volumes/show', win32: null } },
    });
    await farm.admin.groupAdd({ group: { name: 'lighters' } });
    await farm.admin.userAdd({ user: { name: 'nora', password: 'a long password' } });
    await farm.admin.systemSwapEngineStatus({});
    await farm.push();
    await farm.admin.poolConfigure({ pool: { name: 'fast', description: 'new' } });
    await farm.admin.groupRemove({ name: 'lighters' });
    await farm.push();
    await client.until((heard) => heard.filter(({ kind }) => kind === 'events').length === 2);

    assert.deepEqual(plain(client.events()), [
      { event: 'pools/added', name: 'fast', version: 1 },
      { event: 'repositories/added', name: 'show', version: 1 },
      { event: 'groups/added', name: 'lighters', version: 1 },
      { event: 'users/added', name: 'nora', version: 1 },
      { event: 'system/changed', version: 1 },
      { event: 'pools/changed', name: 'fast', version: 2 },
      { event: 'groups/removed', name: 'lighters', version: 1 },
    ]);
  });

  it('are told to those who are subscribed and want this one', async (t) => {
    const farm = await startFarm(t);
    const { id: first } = await farm.admin.jobSubmit({ job: aJob(1) });
    const { id: second } = await farm.admin.jobSubmit({ job: aJob(1) });
    const [all, some, none, nodes] = [
      await watcher(farm, { topic: 'jobs' }),
      await watcher(farm, { topic: 'jobs', ids: [second] }),
      await watcher(farm),
      await watcher(farm, { topic: 'nodes' }),
    ];

    for (const id of [first, second]) await farm.admin.jobEdit({ id, changes: { paused: true } });
    await farm.push();
    await all.until((heard) => heard.some(({ kind }) => kind === 'events'));
    await some.until((heard) => heard.some(({ kind }) => kind === 'events'));
    for (const client of [none, nodes]) await client.say({ action: 'ping' });

    const ids = (events: readonly ConsoleEvent[]) => events.map((event) => 'id' in event && event.id);
    assert.deepEqual(ids(all.events()), [first, second]);
    assert.deepEqual(ids(some.events()), [second]);
    assert.deepEqual([...none.events(), ...nodes.events()], []);
  });

  it('that come twice carry the same order, so that the second is known', async (t) => {
    const farm = await startFarm(t);
    const client = await watcher(farm, { topic: 'jobs' });
    await farm.admin.jobSubmit({ job: aJob(1) });
    const records = farm.table.readFeed('consolePush', 100);

    await farm.push();
    farm.clock.advance(1_000);
    const event = toStreamEvent(records, (name) => name);
    assert.deepEqual(await farm.sources.consolePush(event), { batchItemFailures: [] });
    await client.until((heard) => heard.filter(({ kind }) => kind === 'events').length === 2);

    const [once, again] = client.events();
    assert.deepEqual(again, once);
  });

  it('that cannot be told for want of the store come again', async (t) => {
    let isBroken = false;
    const farm = await startFarm(t, {
      wrapTable: (table) =>
        new Proxy(table, {
          get(target, name) {
            if (isBroken && name === 'query') throw new Error('the store does not answer');
            const value: unknown = Reflect.get(target, name);
            return typeof value === 'function' ? value.bind(target) : value;
          },
        }),
    });
    const client = await watcher(farm, { topic: 'jobs' });
    await farm.admin.jobSubmit({ job: aJob(1) });
    const event = toStreamEvent(farm.table.readFeed('consolePush', 100), (name) => name);
    const first = event.Records[0]?.dynamodb?.SequenceNumber ?? '';

    isBroken = true;
    const answer = await farm.sources.consolePush(event);
    isBroken = false;
    await farm.push();
    await client.until((heard) => heard.some(({ kind }) => kind === 'events'));

    assert.deepEqual(answer, { batchItemFailures: [{ itemIdentifier: first }] });
    assert.equal(client.events().length, 1);
  });
});

describe('a mass change', () => {
  it('of more than 200 becomes one refresh, and nothing more for ten seconds', async (t) => {
    const farm = await startFarm(t);
    const client = await watcher(farm, { topic: 'jobs' }, { topic: 'pools' });
    const refresh = { event: 'jobs/changed', refresh: true, quietSeconds: 10 };
    const submit = (count: number) =>
      Promise.all(Array.from({ length: count }, () => farm.admin.jobSubmit({ job: aJob(1) })));

    await submit(200);
    await farm.push();
    await client.until((heard) => heard.filter(({ kind }) => kind === 'events').length === 1);
    assert.equal(client.events().length, 200);

    await submit(201);
    await farm.push();
    await submit(201);
    await farm.admin.poolAdd({ pool: { name: 'fast' } });
    await farm.push();
    await submit(1);
    farm.clock.advance(7_000);
    await farm.push();
    await submit(1);
    farm.clock.advance(1_000);
    await farm.push();
    await client.until((heard) => heard.filter(({ kind }) => kind === 'events').length === 4);

    assert.deepEqual(plain(client.events().slice(200)), [
      refresh,
      { event: 'pools/added', name: 'fast', version: 1 },
      { event: 'jobs/added', id: 604, status: 'queued', previousStatus: null, version: 1 },
    ]);
  });

  it('keeps every message within one frame', async (t) => {
    const farm = await startFarm(t);
    const client = await watcher(farm, { topic: 'pools' }, { topic: 'groups' }, { topic: 'jobs' });
    const longName = (index: number): string => `${String(index).padStart(3, '0')} ${'ä'.repeat(120)}`;

    for (let index = 0; index < 100; index += 1) {
      await farm.context.pools.replace({ ...aPool, name: longName(index) }, 0);
      if (index < 20) await farm.admin.groupAdd({ group: { name: longName(index) } });
    }
    await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.push();
    await client.until((heard) => heard.some(({ kind }) => kind === 'events'));

    const [message] = client.heard.filter(({ kind }) => kind === 'events');
    assert.ok(Buffer.byteLength(JSON.stringify(message)) < 32_768);
    assert.deepEqual(
      plain(client.events()).filter((event) => !('name' in event)),
      [
        { event: 'pools/changed', refresh: true, quietSeconds: 10 },
        { event: 'jobs/added', id: 1, status: 'queued', previousStatus: null, version: 1 },
      ],
    );
    assert.equal(client.events().length, 22);
  });
});

const aPool = { name: '', description: '', wakeAddresses: [], version: 0 };

describe('whoever may not be connected any more', () => {
  const subscribed = { topic: 'jobs' };

  it('is disconnected when the token is revoked, and the others stay', async (t) => {
    const farm = await startFarm(t);
    const token = await aUser(farm.context, 'vera');
    const client = await liveClient(farm, token);
    const other = await watcher(farm, subscribed);
    const found = await farm.context.tokens.findGood(token);

    await farm.context.tokens.remove(found?.hash ?? '');
    await farm.push();
    await client.closed();

    assert.deepEqual(client.heard, [{ kind: 'closing', reason: 'its token is not good any more' }]);
    assert.deepEqual(await other.say({ action: 'ping' }), { kind: 'pong' });
    assert.equal((await farm.context.connections.listAll()).length, 1);
  });

  it('is disconnected when the user is disabled, removed or given another password', async (t) => {
    const farm = await startFarm(t);
    const clients = [];
    for (const name of ['ann', 'bea', 'cyd', 'dan']) {
      clients.push(await liveClient(farm, await aUser(farm.context, name)));
    }
    farm.clock.advance(1_000);

    await farm.admin.userConfigure({ user: { name: 'ann', isEnabled: false } });
    await farm.admin.userRemove({ name: 'bea' });
    await farm.admin.userConfigure({ user: { name: 'cyd', password: 'quite another password' } });
    await farm.admin.userConfigure({ user: { name: 'dan', description: 'stays' } });
    await farm.push();
    for (const client of clients.slice(0, 3)) await client.closed();

    assert.deepEqual(await clients[3]?.say({ action: 'ping' }), { kind: 'pong' });
    assert.deepEqual(
      (await farm.context.connections.listAll()).map(({ username }) => username),
      ['dan'],
    );
  });

  it('is told nothing once the token has ended, whatever happens', async (t) => {
    const farm = await startFarm(t);
    await aUser(farm.context, 'vera');
    const token = farm.context.newToken();
    const expiresAt = '2026-01-01T00:05:00.000Z';
    await farm.context.tokens.add(token, { kind: 'user', name: 'vera' }, { expiresAt });
    const client = await liveClient(farm, token);
    await client.say({ action: 'subscribe', topic: 'jobs' });

    farm.clock.advance(5 * 60_000);
    await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.push();
    await client.closed();

    assert.deepEqual(client.events(), []);
    assert.deepEqual(client.heard.at(-1), { kind: 'closing', reason: 'its time is over; connect again' });
  });
});

describe('a client that does not keep up', () => {
  it('is forgotten if it is gone without a word', async (t) => {
    const farm = await startFarm(t);
    const client = await watcher(farm, { topic: 'jobs' });
    await farm.context.connections.add({
      ...((await farm.context.connections.listAll())[0] ?? assert.fail()),
      id: 'ghost',
    });

    await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.push();
    await client.until((heard) => heard.some(({ kind }) => kind === 'events'));

    const ids = (await farm.context.connections.listAll()).map(({ id }) => id);
    assert.equal(ids.length, 1);
    assert.ok(!ids.includes('ghost'));
  });

  it('is cut off when it stops reading, and the others hear everything at once', async (t) => {
    const farm = await startFarm(t);
    const slow = await watcher(farm, { topic: 'jobs' });
    const quick = await watcher(farm, { topic: 'jobs' });
    slow.socket.pause();
    const [slowId = ''] = (await farm.context.connections.listAll())
      .filter(({ username }) => username === slow.username)
      .map(({ id }) => id);
    const filler = 'x'.repeat(100_000);
    let isTaken = true;
    while (isTaken) isTaken = await farm.context.push.send(slowId, filler);

    await farm.admin.jobSubmit({ job: aJob(1) });
    const began = performance.now();
    await farm.push();
    await quick.until((heard) => heard.some(({ kind }) => kind === 'events'));

    assert.ok(performance.now() - began < 1_000);
    assert.equal(slow.events().length, 0);
    await until('the slow one is forgotten', async () => {
      const left = await farm.context.connections.listAll();
      return !left.some(({ id }) => id === slowId);
    });
  });
});
