/** Who is connected, and what is done with them by hand. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aConnection } from '../../support/aConnection.ts';
import { aUser } from '../../support/aUser.ts';
import { liveClient } from '../../support/liveClient.ts';
import { assertRefused, assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

const kind = 'notificator';
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

describe('clientNGetList, clientNGet and clientNGetByUsername', () => {
  it('tell who is connected, since when, from where and with what', async (t) => {
    const farm = await startFarm(t);
    const vera = await connect(farm, 'vera');
    const walt = await connect(farm, 'walt', `?kind=${kind}`);
    await connect(farm, 'otto', '?kind=console');
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

    assert.deepEqual((await farm.admin.clientNGetList({})).notificators, [first, second]);
    assert.deepEqual((await farm.admin.clientNGet({ id: walt.id })).notificator, second);
    assert.deepEqual((await farm.admin.clientNGetByUsername({ username: 'vera' })).notificators, [first]);
    assert.deepEqual((await farm.admin.clientNGetByUsername({ username: 'nobody' })).notificators, []);
  });

  it('know nobody whose time is over, nor of another kind', async (t) => {
    const farm = await startFarm(t);
    const over = aConnection(farm.clock, { id: 'over', kind, goodUntil: '2026-01-01T00:00:00.000Z' });
    await farm.context.connections.add(over);
    await farm.context.connections.add(aConnection(farm.clock, { id: 'other', kind: 'console' }));

    assert.deepEqual((await farm.admin.clientNGetList({})).notificators, []);
    for (const id of ['over', 'other']) {
      await assertRefused(farm.admin, 'clientNGet', 'not-found', { what: 'notificator', id }, { id });
    }
  });
});

describe('clientNForceDisconnection', () => {
  it('disconnects one and nobody else, and says by whom', async (t) => {
    const farm = await startFarm(t);
    const vera = await connect(farm, 'vera');
    const walt = await connect(farm, 'walt');

    await farm.admin.clientNForceDisconnection({ id: vera.id });
    assert.deepEqual(
      (await farm.admin.clientNGetList({})).notificators.map(({ username }) => username),
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
    await farm.admin.clientNForceDisconnection({ id: vera.id });

    const over = { kind: 'closing', reason: 'the connection is over; connect again' };
    assert.deepEqual(await vera.say({ action: 'ping' }), over);
    assert.deepEqual(await vera.say({ action: 'subscribe', topic: 'jobs' }), over);
  });

  it('refuses a connection that is not there, or of another kind', async (t) => {
    const farm = await startFarm(t);
    await farm.context.connections.add(aConnection(farm.clock, { id: 'other', kind: 'console' }));

    for (const id of ['nobody', 'other']) {
      await assertRefusedWhole(
        farm,
        'clientNForceDisconnection',
        'not-found',
        { what: 'notificator', id },
        { id },
      );
    }
  });
});

describe('sendMessageToNotificator', () => {
  it('reaches one, or all of its kind with brodcast, and nobody of the other', async (t) => {
    const farm = await startFarm(t);
    const vera = await connect(farm, 'vera');
    const walt = await connect(farm, 'walt');
    const otto = await connect(farm, 'otto', '?kind=console');

    const one = await farm.admin.sendMessageToNotificator({ id: vera.id, templateId: 43, message: 'lunch' });
    await farm.push();
    const all = await farm.admin.sendMessageToNotificator({ message: 'dinner', brodcast: true });
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
      'sendMessageToNotificator',
      'not-found',
      { what: 'notificator', id: 'nobody' },
      { id: 'nobody', message: 'lunch' },
    );
    await assertRefusedWhole(
      farm,
      'sendMessageToNotificator',
      'invalid-input',
      { field: 'id', rule: 'must be a notificator unless brodcast is true; it is empty' },
      { message: 'lunch' },
    );
  });
});
