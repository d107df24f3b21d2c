import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FakeNode } from '../../support/fakeNode.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

const on = (cidr: string, mac = '02:00:00:00:00:01') => ({ capabilities: { interfaces: [{ mac, cidr }] } });
const commandsOf = async ({ client, session }: FakeNode) =>
  (await client.nodeFetchCommands({ session })).commands;
const wakesOf = async (node: FakeNode) => (await commandsOf(node)).map(({ command }) => command);

describe('nodeWake of a node', () => {
  it('lets a live node of the same subnet send the magic packet', async (t) => {
    const farm = await startFarm(t);
    await farm.addNode('elsewhere', on('10.0.8.4/24'));
    const asleep = await farm.addNode('asleep too', on('10.0.7.5/24'));
    await asleep.leave();
    const helper = await farm.addNode('helper', on('10.0.7.4/24'));
    const sleeper = await farm.addNode('sleeper', on('10.0.7.9/24', '02:00:00:00:00:09'));
    await sleeper.leave();

    const { sent, unreached } = await farm.admin.nodeWake({ id: sleeper.id });

    const [command] = await commandsOf(helper);
    assert.deepEqual(command, {
      commandId: command?.commandId,
      command: { kind: 'wake', mac: '02:00:00:00:00:09', broadcastAddress: '10.0.7.255' },
    });
    assert.deepEqual(sent, [
      {
        mac: '02:00:00:00:00:09',
        nodeIds: [sleeper.id],
        byNodeId: helper.id,
        commandId: command?.commandId,
      },
    ]);
    assert.deepEqual(unreached, []);
    assert.equal((await helper.heartbeat()).desired.commandNo, 1);
  });

  it('refuses a node that is online, has no address, shares no subnet, or is not there', async (t) => {
    const farm = await startFarm(t);
    const online = await farm.addNode('online', on('10.0.8.4/24'));
    const bare = await farm.addNode('bare');
    await bare.leave();
    const alone = await farm.addNode('alone', on('10.0.7.9/24'));
    await alone.leave();
    const refused = (id: number, from: string, rule: string) =>
      assertRefusedWhole(
        farm,
        'nodeWake',
        'transition-refused',
        { what: 'node', id, from, event: 'nodeWake', rule },
        { id },
      );

    await refused(online.id, 'idle', 'it is online');
    await refused(bare.id, 'offline', 'it has told no network address');
    await refused(alone.id, 'offline', 'no node that is online shares a subnet with it');
    await assertRefusedWhole(farm, 'nodeWake', 'not-found', { what: 'node', id: 999 }, { id: 999 });
  });

  it('refuses a request for a node and a pool, or for neither', async (t) => {
    const farm = await startFarm(t);
    const details = { field: 'id', rule: 'must be given, or pool in its place' };

    await assertRefusedWhole(farm, 'nodeWake', 'invalid-input', details, {});
    await assertRefusedWhole(farm, 'nodeWake', 'invalid-input', details, { id: 1, pool: 'night' });
  });
});

describe('nodeWake of a pool', () => {
  /** A node that has left, in the pool `night` unless told otherwise. */
  async function asleep(
    farm: TestFarm,
    name: string,
    interfaces: readonly { mac: string; cidr: string }[],
    pools: readonly string[] = ['night'],
  ): Promise<number> {
    const node = await farm.addNode(name, { pools, capabilities: { interfaces } });
    await node.leave();
    return node.id;
  }
  const card = (last: number, cidr: string) => [{ mac: `02:00:00:00:00:0${last}`, cidr }];

  it('wakes its nodes that are offline and its addresses of no registered node, once a machine', async (t) => {
    const farm = await startFarm(t);
    const here = await farm.addNode('here', { ...on('10.0.7.1/24'), pools: ['night'] });
    const there = await farm.addNode('there', on('10.0.8.1/24', '02:00:00:00:00:02'));
    const first = await asleep(farm, 'twin-1', card(3, '10.0.7.3/24'));
    const second = await asleep(farm, 'twin-2', card(3, '10.0.7.3/24'));
    await asleep(farm, 'of the day', card(4, '10.0.7.4/24'), ['day']);
    const wakeAddresses = [
      { mac: '02:00:00:00:00:01', subnet: '10.0.7.0/24' },
      { mac: '02:00:00:00:00:03', subnet: '10.0.7.0/24' },
      { mac: '02:00:00:00:00:09', subnet: '10.0.9.0/24' },
      { mac: '02:00:00:00:00:09', subnet: '10.0.8.0/24' },
    ];
    await farm.admin.poolAdd({ pool: { name: 'night', wakeAddresses } });

    const { sent, unreached } = await farm.admin.nodeWake({ pool: 'night' });

    assert.deepEqual(
      sent.map(({ commandId: _, ...packet }) => packet),
      [
        { mac: '02:00:00:00:00:03', nodeIds: [first, second], byNodeId: here.id },
        { mac: '02:00:00:00:00:09', nodeIds: [], byNodeId: there.id },
      ],
    );
    assert.deepEqual(unreached, []);
    assert.deepEqual(await commandsOf(here), [
      {
        commandId: sent[0]?.commandId,
        command: { kind: 'wake', mac: '02:00:00:00:00:03', broadcastAddress: '10.0.7.255' },
      },
    ]);
    assert.deepEqual(await wakesOf(there), [
      { kind: 'wake', mac: '02:00:00:00:00:09', broadcastAddress: '10.0.8.255' },
    ]);
  });

  it('tells by rule what it cannot wake, and wakes the others all the same', async (t) => {
    const farm = await startFarm(t);
    const helper = await farm.addNode('helper', on('10.0.7.1/24'));
    const bare = await asleep(farm, 'bare', []);
    const far = await asleep(farm, 'far', card(3, '10.0.8.3/24'));
    const near = await asleep(farm, 'near', card(4, '10.0.7.4/24'));
    const foreign = await asleep(farm, 'foreign', card(5, '10.0.7.5/24'), []);
    const wakeAddresses = [
      { mac: '02:00:00:00:00:05', subnet: '10.0.7.0/24' },
      { mac: '02:00:00:00:00:06', subnet: '10.0.9.0/24' },
      { mac: '02:00:00:00:00:07', subnet: '10.0.9.0/24' },
    ];
    await farm.admin.poolAdd({ pool: { name: 'night', wakeAddresses } });

    const { sent, unreached } = await farm.admin.nodeWake({ pool: 'night' });

    assert.deepEqual(
      sent.map(({ nodeIds }) => nodeIds),
      [[near]],
    );
    assert.deepEqual(unreached, [
      { rule: 'it has told no network address', nodeIds: [bare], macs: [] },
      { rule: 'no node that is online shares a subnet with it', nodeIds: [far], macs: [] },
      {
        rule: `it belongs to node ${foreign}, which is not in the pool`,
        nodeIds: [],
        macs: ['02:00:00:00:00:05'],
      },
      {
        rule: 'no node that is online is in subnet 10.0.9.0/24',
        nodeIds: [],
        macs: ['02:00:00:00:00:06', '02:00:00:00:00:07'],
      },
    ]);
    assert.equal((await wakesOf(helper)).length, 1);
  });

  it('sends nothing when all of it is awake', async (t) => {
    const farm = await startFarm(t);
    const awake = await farm.addNode('awake', { ...on('10.0.7.1/24'), pools: ['night'] });
    const wakeAddresses = [{ mac: '02:00:00:00:00:01', subnet: '10.0.7.0/24' }];
    await farm.admin.poolAdd({ pool: { name: 'night', wakeAddresses } });

    assert.deepEqual(await farm.admin.nodeWake({ pool: 'night' }), { sent: [], unreached: [] });
    assert.deepEqual(await wakesOf(awake), []);
  });

  it('refuses a pool that was not added and that no node names', async (t) => {
    const farm = await startFarm(t);

    await assertRefusedWhole(farm, 'nodeWake', 'not-found', { what: 'pool', id: 'night' }, { pool: 'night' });
  });
});
