import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decideWaking } from '../../../shared/domain/waking.ts';

const at = (id: number, ...interfaces: readonly (readonly [mac: string, cidr: string])[]) => ({
  id,
  interfaces: interfaces.map(([mac, cidr]) => ({ mac, cidr })),
});
const macOf = (number: number): string =>
  `02:00:00:00:${(number >> 8).toString(16).padStart(2, '0')}:${(number & 255).toString(16).padStart(2, '0')}`;

describe('of a pool', () => {
  it('each machine is woken by the first node that is online in one of its subnets', () => {
    const online = [at(1, ['a', '10.0.1.1/24']), at(2, ['b', '10.0.1.2/24'], ['c', '10.0.2.2/24'])];
    const offline = [
      at(3, ['d', '10.0.1.3/24']),
      at(4, ['e', '10.0.3.4/24'], ['f', '10.0.2.4/24']),
      at(5, ['g', '10.0.3.5/24']),
    ];

    const { packets, unreached } = decideWaking({
      registered: [...online, ...offline],
      members: new Set([3, 4, 5]),
      offline,
      online,
      wakeAddresses: [],
    });

    assert.deepEqual(packets, [
      { mac: 'd', broadcastAddress: '10.0.1.255', byNodeId: 1, nodeIds: [3] },
      { mac: 'f', broadcastAddress: '10.0.2.255', byNodeId: 2, nodeIds: [4] },
    ]);
    assert.deepEqual(unreached, [
      { rule: 'no node that is online shares a subnet with it', nodeIds: [5], macs: [] },
    ]);
  });

  it('an address is passed over when one of several nodes on its machine is in the pool', () => {
    const online = [at(1, ['a', '10.0.1.1/24'])];
    const twins = [at(2, ['b', '10.0.1.2/24']), at(3, ['b', '10.0.1.2/24'])];

    const decided = decideWaking({
      registered: [...online, ...twins],
      members: new Set([2]),
      offline: [],
      online: [...online, ...twins],
      wakeAddresses: [{ mac: 'b', subnet: '10.0.1.0/24' }],
    });

    assert.deepEqual(decided, { packets: [], unreached: [] });
  });

  it('a thousand machines are woken by a request, and the rest is told', () => {
    const online = [at(1, ['a', '10.0.0.1/16'])];
    const offline = Array.from({ length: 1_001 }, (_, index) => at(index + 2, [macOf(index), '10.0.0.2/16']));

    const { packets, unreached } = decideWaking({
      registered: [...online, ...offline],
      members: new Set(offline.map(({ id }) => id)),
      offline: [...offline, at(1_003, [macOf(0), '10.0.0.2/16'])],
      online,
      wakeAddresses: [{ mac: 'z', subnet: '10.0.0.0/16' }],
    });

    assert.equal(packets.length, 1_000);
    assert.deepEqual(packets[0]?.nodeIds, [2, 1_003]);
    assert.deepEqual(unreached, [
      {
        rule: 'a request wakes 1000 machines at most; repeat it when those are awake',
        nodeIds: [1_002],
        macs: ['z'],
      },
    ]);
  });
});
