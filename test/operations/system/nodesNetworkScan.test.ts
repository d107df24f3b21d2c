import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FakeNode } from '../../support/fakeNode.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

const onWire = (mac: string, cidr: string) => ({ capabilities: { interfaces: [{ mac, cidr }] } });

/** One node that answers, one that is silent, one that sleeps beside them, and one alone on its wire. */
async function scannedFarm(farm: TestFarm) {
  const loud = await farm.addNode('loud', onWire('02:00:00:00:00:01', '10.0.7.11/24'));
  const silent = await farm.addNode('silent');
  const asleep = await farm.addNode('asleep', onWire('02:00:00:00:00:03', '10.0.7.13/24'));
  const alone = await farm.addNode('alone', onWire('02:00:00:00:00:04', '10.0.8.14/24'));
  for (const node of [asleep, alone]) await node.leave();
  await farm.drain();
  farm.clock.advance(10_000);
  return { loud, silent, asleep, alone };
}

const answers = async (farm: TestFarm): Promise<string[][]> =>
  (await farm.admin.systemGetNodesNetworkScan({})).nodes.map(({ name, answer }) => [name, answer]);

const packetsOf = async (farm: TestFarm, node: FakeNode): Promise<unknown[]> =>
  (await farm.context.commands.waiting(node.id)).map(({ command }) => command);

describe('systemStartNodesNetworkScan and systemGetNodesNetworkScan', () => {
  it('ask every node, wake those that sleep, and list the silent', async (t) => {
    const farm = await startFarm(t);
    const { loud, alone } = await scannedFarm(farm);

    const { startedAt, answerBy } = await farm.admin.systemStartNodesNetworkScan({});
    await farm.drain();
    const asked = await farm.queues.receive(`rollcall-node-${loud.id}.fifo`, 10, 30);
    await loud.heartbeat();
    const meanwhile = await answers(farm);
    farm.clock.advance(300_000);
    const { scan, nodes } = await farm.admin.systemGetNodesNetworkScan({ answer: 'silent' });

    assert.equal(Date.parse(answerBy) - Date.parse(startedAt), 300_000);
    assert.match(JSON.stringify(asked.map(({ body }) => body)), /scan-/);
    assert.deepEqual(meanwhile, [
      ['loud', 'answered'],
      ['silent', 'awaited'],
      ['asleep', 'awaited'],
      ['alone', 'awaited'],
    ]);
    assert.deepEqual(
      nodes.map(({ name, status }) => [name, status]),
      [
        ['silent', 'idle'],
        ['asleep', 'offline'],
        ['alone', 'offline'],
      ],
    );
    assert.deepEqual(await packetsOf(farm, loud), [
      { kind: 'wake', mac: '02:00:00:00:00:03', broadcastAddress: '10.0.7.255' },
    ]);
    assert.deepEqual(scan, {
      startedAt,
      startedBy: 'admin',
      answerBy,
      wokenNodeCount: 1,
      unreached: [
        { rule: 'no node that is online shares a subnet with it', nodeCount: 1, nodeIds: [alone.id] },
      ],
    });
  });

  it('count a node that was woken and registers as one that has answered', async (t) => {
    const farm = await startFarm(t);
    await scannedFarm(farm);

    await farm.admin.systemStartNodesNetworkScan({});
    await farm.drain();
    farm.clock.advance(60_000);
    await farm.addNode('asleep', onWire('02:00:00:00:00:03', '10.0.7.13/24'));

    assert.deepEqual((await answers(farm))[2], ['asleep', 'answered']);
  });

  it('begin anew with the next scan, and know nothing of the one before', async (t) => {
    const farm = await startFarm(t);
    const { loud } = await scannedFarm(farm);
    await farm.admin.systemStartNodesNetworkScan({});
    await loud.heartbeat();
    farm.clock.advance(1_000);

    await farm.admin.systemStartNodesNetworkScan({});

    assert.deepEqual((await answers(farm))[0], ['loud', 'awaited']);
  });

  it('give a machine its packet once, however often the feed and the queue repeat themselves', async (t) => {
    const farm = await startFarm(t);
    const { loud } = await scannedFarm(farm);
    await farm.admin.systemStartNodesNetworkScan({});
    await farm.drain();

    const scanId = (await farm.context.nodesScans.find())?.scanId ?? '';
    await farm.context.dispatchQueue.send({ kind: 'wake', scanId });
    await farm.context.dispatchQueue.send({ kind: 'wake', scanId: 'of an earlier one' });
    await farm.drain();

    assert.equal((await packetsOf(farm, loud)).length, 1);
  });

  it('page through the nodes', async (t) => {
    const farm = await startFarm(t);
    await scannedFarm(farm);
    await farm.admin.systemStartNodesNetworkScan({});

    const first = await farm.admin.systemGetNodesNetworkScan({ limit: 3 });
    const second = await farm.admin.systemGetNodesNetworkScan({
      limit: 3,
      pageToken: first.nextPageToken ?? '',
    });

    assert.deepEqual(
      [...first.nodes, ...second.nodes].map(({ name }) => name),
      ['loud', 'silent', 'asleep', 'alone'],
    );
    assert.equal(second.nextPageToken, null);
  });

  it('refuse to tell of a scan that was never started', async (t) => {
    const farm = await startFarm(t);

    await assertRefusedWhole(farm, 'systemGetNodesNetworkScan', 'not-found', { what: 'scan' }, {});
  });
});
