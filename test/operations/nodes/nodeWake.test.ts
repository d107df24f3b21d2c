import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm } from '../../support/startFarm.ts';

const on = (cidr: string, mac = '02:00:00:00:00:01') => ({ capabilities: { interfaces: [{ mac, cidr }] } });

describe('nodeWake', () => {
  it('lets a live node of the same subnet send the magic packet', async (t) => {
    const farm = await startFarm(t);
    await farm.addNode('elsewhere', on('10.0.8.4/24'));
    const asleep = await farm.addNode('asleep too', on('10.0.7.5/24'));
    await asleep.leave();
    const helper = await farm.addNode('helper', on('10.0.7.4/24'));
    const sleeper = await farm.addNode('sleeper', on('10.0.7.9/24', '02:00:00:00:00:09'));
    await sleeper.leave();

    const { byNodeId, commandId } = await farm.admin.nodeWake({ id: sleeper.id });

    assert.equal(byNodeId, helper.id);
    const { commands } = await helper.client.nodeFetchCommands({ session: helper.session });
    assert.deepEqual(commands, [
      { commandId, command: { kind: 'wake', mac: '02:00:00:00:00:09', broadcastAddress: '10.0.7.255' } },
    ]);
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
});
