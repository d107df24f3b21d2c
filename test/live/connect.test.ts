/** Who may connect, and how they say who they are. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aUser } from '../support/aUser.ts';
import { liveClient, RefusedHandshake } from '../support/liveClient.ts';
import { until } from '../support/realFarm.ts';
import { JOIN_TOKEN, startFarm } from '../support/startFarm.ts';

const refusedWith = (status: number, text: RegExp) => (error: unknown) => {
  assert.ok(error instanceof RefusedHandshake, String(error));
  assert.equal(error.status, status);
  assert.match(error.message, text);
  return true;
};

describe('connecting', () => {
  it('takes the token from the header and lists who is connected', async (t) => {
    const farm = await startFarm(t);
    const token = await aUser(farm.context, 'vera');

    await liveClient(farm, token, { query: '?kind=notificator&version=tray/2' });

    const [connection, ...others] = await farm.context.connections.listAll();
    assert.deepEqual(others, []);
    assert.deepEqual(
      { ...connection, id: '', tokenHash: '', tokenId: '' },
      {
        id: '',
        kind: 'notificator',
        username: 'vera',
        tokenHash: '',
        tokenId: '',
        address: '127.0.0.1',
        version: 'tray/2',
        connectedAt: '2026-01-01T00:00:00.000Z',
        goodUntil: '2026-01-01T02:00:00.000Z',
        subscriptions: {},
        endReason: null,
      },
    );
  });

  it('takes the token from a subprotocol, as browsers send it, and answers with its own alone', async (t) => {
    const farm = await startFarm(t);
    const token = await aUser(farm.context, 'vera');

    const client = await liveClient(farm, undefined, { protocols: ['rollcall', `bearer.${token}`] });

    assert.equal(client.socket.protocol, 'rollcall');
    assert.deepEqual(await client.say({ action: 'ping' }), { kind: 'pong' });
  });

  it('refuses who has no token, a wrong one, one of a node or one that nodes join with', async (t) => {
    const farm = await startFarm(t);
    await farm.addNode('node');
    const nodeToken = farm.context.newToken();
    await farm.context.tokens.add(nodeToken, { kind: 'node', nodeId: 1 }, { expiresAt: null });

    await assert.rejects(liveClient(farm, undefined), refusedWith(401, /none was sent/));
    await assert.rejects(liveClient(farm, 'garbage'), refusedWith(401, /unknown or has expired/));
    await assert.rejects(liveClient(farm, 'not a token'), refusedWith(401, /is no token/));
    await assert.rejects(liveClient(farm, nodeToken), refusedWith(403, /it is for users/));
    await assert.rejects(liveClient(farm, JOIN_TOKEN), refusedWith(403, /it is for users/));
    assert.deepEqual(await farm.context.connections.listAll(), []);
  });

  it('refuses a token in the query, where logs would keep it', async (t) => {
    const farm = await startFarm(t);
    const token = await aUser(farm.context, 'vera');

    await assert.rejects(liveClient(farm, undefined, { query: `?token=${token}` }), refusedWith(401, /none/));
  });

  it('refuses a kind that is none, and another path', async (t) => {
    const farm = await startFarm(t);
    const token = await aUser(farm.context, 'vera');

    await assert.rejects(
      liveClient(farm, token, { query: '?kind=fax' }),
      refusedWith(422, /kind: must be console or notificator/),
    );
    await assert.rejects(liveClient({ ...farm, url: `${farm.url}/other` }, token), refusedWith(404, /^$/));
  });

  it('ends with the token if that ends first', async (t) => {
    const farm = await startFarm(t);
    await aUser(farm.context, 'vera');
    const token = farm.context.newToken();
    const expiresAt = '2026-01-01T00:10:00.000Z';
    await farm.context.tokens.add(token, { kind: 'user', name: 'vera' }, { expiresAt });
    const client = await liveClient(farm, token);
    farm.clock.advance(9 * 60_000);
    assert.deepEqual(await client.say({ action: 'ping' }), { kind: 'pong' });

    farm.clock.advance(60_000);
    const answer = await client.say({ action: 'subscribe', topic: 'jobs' });

    assert.deepEqual(answer, { kind: 'closing', reason: 'the connection is over; connect again' });
  });

  it('does not stay with a token that is revoked at the very moment', async (t) => {
    const farm = await startFarm(t);
    const token = await aUser(farm.context, 'vera');
    const found = await farm.context.tokens.findGood(token);
    farm.writes.beforeFirst('CONNECTIONS', () => farm.context.tokens.remove(found?.hash ?? ''));

    await assert.rejects(liveClient(farm, token), refusedWith(401, /unknown or has expired/));

    assert.deepEqual(await farm.context.connections.listAll(), []);
  });

  it('forgets who leaves', async (t) => {
    const farm = await startFarm(t);
    const token = await aUser(farm.context, 'vera');
    const client = await liveClient(farm, token);

    client.socket.close();
    await client.closed();

    await until(
      'the connection is forgotten',
      async () => (await farm.context.connections.listAll()).length === 0,
    );
  });
});

describe('what a client says', () => {
  it('is refused by field and rule, and the connection stays', async (t) => {
    const farm = await startFarm(t);
    const client = await liveClient(farm, await aUser(farm.context, 'vera'));
    const cases: [object | string, string][] = [
      ['not json', 'The request cannot be read: the message is not JSON.'],
      [
        { action: 'dance' },
        "action: Invalid discriminator value. Expected 'subscribe' | 'unsubscribe' | 'ping'.",
      ],
      [{ action: 'subscribe', topic: 'weather' }, 'topic: '],
      [{ action: 'subscribe', topic: 'jobs', ids: [] }, 'ids: '],
      [{ action: 'subscribe', topic: 'jobs', ids: [0] }, 'ids.0: '],
      [{ action: 'subscribe', topic: 'jobs', other: 1 }, 'other: is not a field of this message.'],
      [
        { action: 'subscribe', topic: 'chunks' },
        'ids: must name jobs: their chunks are told, not those of all jobs.',
      ],
      [{ action: 'subscribe', topic: 'pools', ids: [1] }, 'ids: must be left out with topic pools.'],
    ];

    for (const [said, message] of cases) {
      const answer = await client.say(said);
      assert.equal(answer.kind, 'refused', JSON.stringify(said));
      const told = answer.kind === 'refused' ? answer.error.message : '';
      assert.ok(told.startsWith(message), `${JSON.stringify(said)}: ${told}`);
    }
    assert.deepEqual(await client.say({ action: 'ping' }), { kind: 'pong' });
  });

  it('subscribes, replaces a subscription and ends it', async (t) => {
    const farm = await startFarm(t);
    const client = await liveClient(farm, await aUser(farm.context, 'vera'));
    const subscriptions = async () => (await farm.context.connections.listAll())[0]?.subscriptions;

    assert.deepEqual(await client.say({ action: 'subscribe', topic: 'jobs', ids: [3] }), {
      kind: 'subscribed',
      topic: 'jobs',
      ids: [3],
    });
    await client.say({ action: 'subscribe', topic: 'nodes' });
    await client.say({ action: 'subscribe', topic: 'jobs' });
    assert.deepEqual(await subscriptions(), { jobs: { ids: null }, nodes: { ids: null } });

    assert.deepEqual(await client.say({ action: 'unsubscribe', topic: 'jobs' }), {
      kind: 'unsubscribed',
      topic: 'jobs',
    });
    await client.say({ action: 'unsubscribe', topic: 'jobs' });
    assert.deepEqual(await subscriptions(), { nodes: { ids: null } });
  });
});
