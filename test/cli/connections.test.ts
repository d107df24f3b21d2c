import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aConnection } from '../support/aConnection.ts';
import { aUser } from '../support/aUser.ts';
import { liveClient } from '../support/liveClient.ts';
import { startFarm } from '../support/startFarm.ts';
import { aLoggedInRollcall } from './rollcall.ts';

const commands = [
  { things: 'clients', kind: 'console', thing: 'Console', one: 'client' },
  { things: 'notificators', kind: 'notificator', thing: 'notificator', one: 'notificator' },
] as const;

for (const { things, kind, thing, one } of commands) {
  describe(`rollcall ${things}`, () => {
    it('lists who is connected, of one user too, and shows one', async (t) => {
      const farm = await startFarm(t);
      const rollcall = await aLoggedInRollcall(t, farm.url);
      const none = await rollcall.run([things]);
      await farm.context.connections.add(
        aConnection(farm.clock, {
          id: 'first',
          kind,
          subscriptions: { nodes: { ids: null }, jobs: { ids: null } },
        }),
      );
      farm.clock.advance(1_000);
      await farm.context.connections.add(
        aConnection(farm.clock, { id: 'second', kind, username: 'walt', address: '10.0.7.9', version: '' }),
      );
      const other = kind === 'console' ? 'notificator' : 'console';
      await farm.context.connections.add(aConnection(farm.clock, { id: 'other', kind: other }));

      const listed = await rollcall.run([things, 'list']);
      const ofWalt = await rollcall.run([things, '--user', 'walt']);
      const ofNobody = await rollcall.run([things, '--user', 'nobody']);
      const ids = await rollcall.run([things, '--quiet']);
      const shown = await rollcall.run([things, 'get', 'first']);
      const json = await rollcall.json([things, 'get', 'second']);
      const missing = await rollcall.run([things, 'get', 'other']);

      assert.equal(none.stdout, `No ${things}.\n`);
      assert.equal(
        listed.stdout,
        `ID      USER  SINCE                     ADDRESS    VERSION
first   olga  2026-01-01T00:00:00.000Z  10.0.7.12  console/1.0
second  walt  2026-01-01T00:00:01.000Z  10.0.7.9
`,
      );
      assert.equal(
        ofWalt.stdout,
        `ID      USER  SINCE                     ADDRESS
second  walt  2026-01-01T00:00:01.000Z  10.0.7.9
`,
      );
      assert.equal(ofNobody.stdout, `No ${things}.\n`);
      assert.equal(ids.stdout, 'first\nsecond\n');
      assert.equal(
        shown.stdout,
        `Id       first
User     olga
Since    2026-01-01T00:00:00.000Z
Address  10.0.7.12
Version  console/1.0
Topics   jobs, nodes
`,
      );
      assert.deepEqual(json, {
        [one]: {
          id: 'second',
          username: 'walt',
          address: '10.0.7.9',
          version: '',
          connectedAt: '2026-01-01T00:00:01.000Z',
          topics: [],
        },
      });
      assert.deepEqual([missing.stdout, missing.code], ['', 3]);
    });

    it('sends a message to one or to all, who hear it', async (t) => {
      const farm = await startFarm(t);
      const rollcall = await aLoggedInRollcall(t, farm.url);
      const vera = await liveClient(farm, await aUser(farm.context, 'vera'), { query: `?kind=${kind}` });
      const [{ id = '' } = {}] = await farm.context.connections.listAll();

      const toOne = await rollcall.run([things, 'message', id, 'lunch is ready']);
      const toAll = await rollcall.run([things, 'message', '--all', 'and now for dessert']);
      await farm.push();
      await vera.until((heard) => JSON.stringify(heard).includes('dessert'));
      const quiet = await rollcall.run([things, 'message', '--all', 'once more', '--quiet']);

      assert.deepEqual(
        [toOne.stdout, toAll.stdout],
        [`Sent the message to ${id}.\n`, `Sent the message to all ${thing}s.\n`],
      );
      assert.match(JSON.stringify(vera.heard), /lunch is ready.*and now for dessert/);
      assert.match(quiet.stdout, /^\S+\n$/);
    });

    it('disconnects one', async (t) => {
      const farm = await startFarm(t);
      const rollcall = await aLoggedInRollcall(t, farm.url);
      const vera = await liveClient(farm, await aUser(farm.context, 'vera'), { query: `?kind=${kind}` });
      const [{ id = '' } = {}] = await farm.context.connections.listAll();

      const ended = await rollcall.run([things, 'disconnect', id]);
      await farm.push();
      await vera.closed();
      const listed = await rollcall.run([things]);
      const again = await rollcall.run([things, 'disconnect', id]);

      assert.equal(ended.stdout, `Disconnecting ${id}.\n`);
      assert.deepEqual(vera.heard, [{ kind: 'closing', reason: 'admin has disconnected it' }]);
      assert.equal(listed.stdout, `No ${things}.\n`);
      assert.deepEqual([again.stdout, again.code], ['', 3]);
    });

    it('says which words it needs to send a message', async (t) => {
      const farm = await startFarm(t);
      const rollcall = await aLoggedInRollcall(t, farm.url);

      const bare = await rollcall.run([things, 'message', 'lunch']);
      const many = await rollcall.run([things, 'message', '--all', 'an-id', 'lunch']);
      const nobody = await rollcall.run([things, 'message', 'an-id', 'lunch']);

      assert.deepEqual(
        [bare.stderr, many.stderr, nobody.stderr, nobody.code],
        [
          `rollcall: name a connection and one text in quotes: rollcall ${things} message ID 'TEXT'\n`,
          `rollcall: with --all there is one text and no id; put it in quotes: rollcall ${things} message --all 'TEXT'\n`,
          `rollcall: There is no ${one} an-id.\n`,
          3,
        ],
      );
    });
  });
}

describe('rollcall clients url', () => {
  it('shows where Consoles connect', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);

    const shown = await rollcall.run(['clients', 'url']);

    assert.equal(shown.stdout, `${farm.url.replace('http', 'ws')}/live\n`);
  });
});
