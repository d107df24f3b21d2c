/** Who is connected, and what is done with them by hand. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aConnection } from '../../support/aConnection.ts';
import { aUser } from '../../support/aUser.ts';
import { liveClient } from '../../support/liveClient.ts';
import { assertRefused, assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

const kind = 'console';
const query = `?kind=${kind}&version=probe/1`;

/** Connects as a user; answers with the id of the connection too. */
async function connect(farm: TestFarm, name: string, asked = query) {
  const client = await liveClient(farm, await aUser(farm.context, name), { query: asked });
  const [id = ''] = (await farm.context.connections.listAll())
    .filter(({ username }) => username === name)
    .map((connection) => connection.id);
  farm.clock.advance(1_000);
  return { ...client, id };
}

describe('clientGetList, clientGet and clientGetByUsername', () => {
  it('tell who is connected, since when, from where and with what', async (t) => {
    const farm = await startFarm(t);
    const vera = await connect(farm, 'vera');
    const walt = await connect(farm, 'walt', `?kind=${kind}`);
    await connect(farm, 'otto', '?kind=notificator');
    await walt.say({ action: 'subscribe', topic: 'nodes' });
    await walt.say({ action: 'subscribe', topic: 'jobs' });
    const [first, second] = [
      {
        id: vera.id,
        username: 'vera',
        address: '127.0.0.1',
        version: 'probe/1',
        connectedAt: '2026-01-01T00:00:00.000Z',
        topics: [],
      },
      {
        id: walt.id,
        username: 'walt',
        address: '127.0.0.1',
        version: '',
        connectedAt: '2026-01-01T00:00:01.000Z',
        topics: ['jobs', 'nodes'],
      },
    ];

    assert.deepEqual((await farm.admin.clientGetList({})).clients, [first, second]);
    assert.deepEqual((await farm.admin.clientGet({ id: walt.id })).client, second);
    assert.deepEqual((await farm.admin.clientGetByUsername({ username: 'vera' })).clients, [first]);
    assert.deepEqual((await farm.admin.clientGetByUsername({ username: 'nobody' })).clients, []);
  });

  it('know nobody whose time is over, nor of another kind', async (t) => {
    const farm = await startFarm(t);
    const over = aConnection(farm.clock, { id: 'over', kind, goodUntil: '2026-01-01T00:00:00.000Z' });
    await farm.context.connections.add(over);
    await farm.context.connections.add(aConnection(farm.clock, { id: 'other', kind: 'notificator' }));

    assert.deepEqual((await farm.admin.clientGetList({})).clients, []);
    for (const id of ['over', 'other']) {
      await assertRefused(farm.admin, 'clientGet', 'not-found', { what: 'client', id }, { id });
    }
  });
});

describe('clientForceDisconnection', () => {
  it('disconnects one and nobody else, and says by whom', async (t) => {
    const farm = await startFarm(t);
    const vera = await connect(farm, 'vera');
    const walt = await connect(farm, 'walt');

    await farm.admin.clientForceDisconnection({ id: vera.id });
    assert.deepEqual(
      (await farm.admin.clientGetList({})).clients.map(({ username }) => username),
      ['walt'],
    );
    await farm.push();
    await vera.closed();

    assert.deepEqual(vera.heard, [{ kind: 'closing', reason: 'admin has disconnected it' }]);
    assert.deepEqual(await walt.say({ action: 'ping' }), { kind: 'pong' });
  });

  it('answers whoever says something still that it is over', async (t) => {
    const farm = await startFarm(t);
    const vera = await connect(farm, 'vera');
    await farm.admin.clientForceDisconnection({ id: vera.id });

    const over = { kind: 'closing', reason: 'the connection is over; connect again' };
    assert.deepEqual(await vera.say({ action: 'ping' }), over);
    assert.deepEqual(await vera.say({ action: 'subscribe', topic: 'jobs' }), over);
  });

  it('refuses a connection that is not there, or of another kind', async (t) => {
    const farm = await startFarm(t);
    await farm.context.connections.add(aConnection(farm.clock, { id: 'other', kind: 'notificator' }));

    for (const id of ['nobody', 'other']) {
      await assertRefusedWhole(farm, 'clientForceDisconnection', 'not-found', { what: 'client', id }, { id });
    }
  });
});

describe('sendMessageToConsole', () => {
  it('reaches one, or all of its kind with brodcast, and nobody of the other', async (t) => {
    const farm = await startFarm(t);
    const vera = await connect(farm, 'vera');
    const walt = await connect(farm, 'walt');
    const otto = await connect(farm, 'otto', '?kind=notificator');

    const one = await farm.admin.sendMessageToConsole({ id: vera.id, templateId: 43, message: 'lunch' });
    await farm.push();
    const all = await farm.admin.sendMessageToConsole({ message: 'dinner', brodcast: true });
    await farm.push();
    await vera.until((heard) => heard.length === 2);
    await walt.until((heard) => heard.length === 1);
    await otto.say({ action: 'ping' });

    const lunch = {
      event: 'messages/sent',
      messageId: one.messageId,
      templateId: 43,
      message: 'lunch',
      from: 'admin',
      sentAt: '2026-01-01T00:00:03.000Z',
    };
    const dinner = {
      ...lunch,
      messageId: all.messageId,
      templateId: 0,
      message: 'dinner',
      sentAt: '2026-01-01T00:00:04.000Z',
    };
    assert.deepEqual(vera.events(), [lunch, dinner]);
    assert.deepEqual(walt.events(), [dinner]);
    assert.deepEqual(otto.events(), []);
  });

  it('refuses one who is not connected, and nobody at all without brodcast', async (t) => {
    const farm = await startFarm(t);

    await assertRefusedWhole(
      farm,
      'sendMessageToConsole',
      'not-found',
      { what: 'client', id: 'nobody' },
      { id: 'nobody', message: 'lunch' },
    );
    await assertRefusedWhole(
      farm,
      'sendMessageToConsole',
      'invalid-input',
      { field: 'id', rule: 'must be a client unless brodcast is true; it is empty' },
      { message: 'lunch' },
    );
  });
});

describe('clientGetSocketUrl', () => {
  it('tells where to connect', async (t) => {
    const farm = await startFarm(t);

    const { url } = await farm.admin.clientGetSocketUrl({});

    assert.equal(url, `${farm.url.replace('http', 'ws')}/live`);
  });
});

describe('poolNotifyChanges and repositoriesNotifyChanges', () => {
  it('let Consoles that are subscribed load the list again', async (t) => {
    const farm = await startFarm(t);
    const vera = await connect(farm, 'vera');
    await vera.say({ action: 'subscribe', topic: 'pools' });
    const walt = await connect(farm, 'walt');
    await walt.say({ action: 'subscribe', topic: 'repositories' });

    await farm.admin.poolNotifyChanges({});
    await farm.admin.repositoriesNotifyChanges({});
    await farm.push();
    await farm.admin.poolNotifyChanges({});
    await farm.push();
    for (const client of [vera, walt]) {
      await client.until((heard) => heard.some(({ kind: said }) => said === 'events'));
    }
    await vera.say({ action: 'ping' });

    const refresh = { refresh: true, quietSeconds: 10 };
    assert.deepEqual(vera.events(), [{ event: 'pools/changed', ...refresh }]);
    assert.deepEqual(walt.events(), [{ event: 'repositories/changed', ...refresh }]);
  });
});
