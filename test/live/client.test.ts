/** The TypeScript client of the WebSocket, over real sockets. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import type { LiveEvent } from '../../client/src/generated.ts';
import { type LiveLoss, type LiveOptions, openLive } from '../../client/src/live.ts';
import type { ServerMessage } from '../../shared/contract/consoleEvents.ts';
import { aJob } from '../support/aJob.ts';
import { aUser } from '../support/aUser.ts';
import { type ManualClock, manualClock } from '../support/manualClock.ts';
import { until } from '../support/realFarm.ts';
import { startFarm, type TestFarm } from '../support/startFarm.ts';

interface Hearer {
  readonly events: LiveEvent[];
  readonly losses: LiveLoss[];
  /** How often it was told to load. */
  hearings: number;
  /** What it waits for. */
  readonly waiting: Set<number>;
}

/** A client whose time a clock moves, and whose moments are never random. */
function hearer(
  t: TestContext,
  clock: ManualClock,
  options: Pick<LiveOptions, 'client' | 'token'> & Partial<LiveOptions>,
): Hearer {
  const heard: Hearer = { events: [], losses: [], hearings: 0, waiting: new Set() };
  const live = openLive({
    version: 'test/1',
    subscriptions: [{ topic: 'jobs' }],
    random: () => 0,
    onHearing: () => (heard.hearings += 1),
    onEvents: (events) => heard.events.push(...events),
    onLoss: (loss) => heard.losses.push(loss),
    timer: {
      after(milliseconds, run) {
        heard.waiting.add(milliseconds);
        const callOff = clock.after(milliseconds, () => {
          heard.waiting.delete(milliseconds);
          run();
        });
        return () => {
          heard.waiting.delete(milliseconds);
          callOff();
        };
      },
    },
    ...options,
  });
  t.after(() => live.close());
  return heard;
}

async function hearerOf(t: TestContext, farm: TestFarm, options: Partial<LiveOptions> = {}) {
  const token = await aUser(farm.context, 'vera');
  const heard = hearer(t, farm.clock, { client: farm.clientWith(token), token, ...options });
  await until('it hears', () => heard.hearings === 1);
  return heard;
}

const connectionOf = async (farm: TestFarm) => {
  const [connection] = await farm.context.connections.listAll();
  assert.ok(connection);
  return connection;
};

const tell = async (farm: TestFarm, message: ServerMessage): Promise<void> => {
  assert.ok(farm.live.send((await connectionOf(farm)).id, Buffer.from(JSON.stringify(message))));
};

const jobChange = (sequence: string, more: object): LiveEvent =>
  ({ event: 'jobs/changed', id: 7, sequence, ...more }) as LiveEvent;

describe('the live client', () => {
  it('subscribes and hears what changes', async (t) => {
    const farm = await startFarm(t);
    const heard = await hearerOf(t, farm, {
      subscriptions: [{ topic: 'jobs', ids: [2] }, { topic: 'pools' }],
    });
    farm.clock.advance(1_000);

    await farm.admin.jobSubmit({ job: aJob(1) });
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.push();
    await until('a job is told', () => heard.events.length > 0);

    const { kind, version, subscriptions } = await connectionOf(farm);
    assert.deepEqual(
      { kind, version, subscriptions },
      { kind: 'console', version: 'test/1', subscriptions: { jobs: { ids: [2] }, pools: { ids: null } } },
    );
    assert.deepEqual(
      heard.events.map((event) => [event.event, 'id' in event ? event.id : 0]),
      [['jobs/added', id]],
    );
  });

  it('connects again when the connection was ended, and has everything loaded anew', async (t) => {
    const farm = await startFarm(t);
    const heard = await hearerOf(t, farm);

    farm.live.disconnect((await connectionOf(farm)).id);
    await until('the end is seen', () => heard.losses.length === 1);
    await until('it is forgotten', async () => (await farm.context.connections.listAll()).length === 0);
    farm.clock.advance(499);
    assert.deepEqual([...heard.waiting], [500]);
    farm.clock.advance(1);
    await until('it hears again', () => heard.hearings === 2);
    await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.push();
    await until('a job is told', () => heard.events.length === 1);

    assert.deepEqual(heard.losses, [
      { reason: 'the connection has ended', isTold: false, failures: 0, isFinal: false },
    ]);
  });

  it('tells no change twice, and none that is older than one it has told', async (t) => {
    const farm = await startFarm(t);
    const heard = await hearerOf(t, farm);
    const [first, second, submission] = [
      jobChange('9', { status: 'queued', version: 1 }),
      jobChange('10', { status: 'completed', version: 2 }),
      jobChange('8', { specVersion: 2 }),
    ];
    const message: LiveEvent = {
      ...{ event: 'messages/sent', messageId: 'one', templateId: 0, message: 'hello', from: 'anna' },
      sentAt: '2026-01-01T00:00:00.000Z',
    };

    for (const events of [[first], [second, message], [first, second], [submission], [submission, message]])
      await tell(farm, { kind: 'events', events } as ServerMessage);
    await tell(farm, { kind: 'closing', reason: 'that was all' });
    await until('all is heard', () => heard.losses.length === 1);

    // State and submission of a job are told by feeds of their own: neither makes the other old.
    assert.deepEqual(heard.events, [first, second, message, submission]);
  });

  it('follows a refresh twice', async (t) => {
    const farm = await startFarm(t);
    const heard = await hearerOf(t, farm, { random: () => 0.5 });
    const refresh: LiveEvent = { event: 'jobs/changed', refresh: true, quietSeconds: 10 };

    await tell(farm, { kind: 'events', events: [refresh] });
    await until('it waits', () => heard.waiting.has(11_000));
    assert.deepEqual(heard.events, []);
    farm.clock.advance(1_000);
    assert.deepEqual(heard.events, [refresh]);
    farm.clock.advance(10_000);
    assert.deepEqual(heard.events, [refresh, refresh]);
  });

  it('is not ended for silence, as it pings', async (t) => {
    const farm = await startFarm(t);
    const heard = await hearerOf(t, farm);

    for (let minutes = 0; minutes < 12; minutes += 4) {
      farm.clock.advance(240_000);
      await until('the ping is answered', () => !heard.waiting.has(15_000));
    }

    assert.deepEqual([heard.losses, heard.hearings], [[], 1]);
  });

  it('says why it was ended, and gives up when its token is not good any more', async (t) => {
    const farm = await startFarm(t);
    const heard = await hearerOf(t, farm);

    await farm.admin.clientForceDisconnection({ id: (await connectionOf(farm)).id });
    await farm.push();
    await until('the end is seen', () => heard.losses.length === 1);
    await until('it is forgotten', async () => (await farm.context.connections.listAll()).length === 0);
    farm.clock.advance(1_000);
    await until('it hears again', () => heard.hearings === 2);
    await farm.admin.userRemove({ name: 'vera' });
    await farm.push();
    await until('the end is seen', () => heard.losses.length === 2);
    farm.clock.advance(1_000);
    await until('it has asked again', () => heard.losses.length === 3);

    const [byHand, voidToken, last] = heard.losses;
    assert.deepEqual([byHand?.isTold, byHand?.failures], [true, 0]);
    assert.match(byHand?.reason ?? '', /disconnected/);
    assert.deepEqual([voidToken?.isTold, voidToken?.isFinal], [true, false]);
    assert.match(voidToken?.reason ?? '', /token/);
    assert.equal(last?.isFinal, true);
    assert.deepEqual([...heard.waiting], []);
  });

  it('tries less and less often while nobody answers', async (t) => {
    const clock = manualClock();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/live`;
    server.close();
    const heard = hearer(t, clock, { client: { clientGetSocketUrl: async () => ({ url }) }, token: 'token' });

    const pauses: number[] = [];
    for (let failures = 1; failures <= 7; failures += 1) {
      await until('it has failed', () => heard.losses.length === failures);
      const [pause = 0] = heard.waiting;
      pauses.push(pause);
      clock.advance(pause);
    }

    assert.deepEqual(pauses, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    assert.equal(heard.hearings, 0);
    assert.equal(heard.losses.at(-1)?.failures, 7);
  });

  it('leaves a server that says nothing', async (t) => {
    const clock = manualClock();
    const server = createServer((socket) => t.after(() => socket.destroy())).listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = { clientGetSocketUrl: async () => ({ url: `ws://${host}/live` }) };
    const heard = hearer(t, clock, { client, token: 'token' });

    await until('it waits for an answer', () => heard.waiting.has(15_000));
    clock.advance(15_000);

    assert.deepEqual(heard.losses, [
      { reason: `${host} has not answered for 15 s`, isTold: false, failures: 1, isFinal: false },
    ]);
  });
});
