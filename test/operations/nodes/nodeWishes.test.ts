/** What a node should be all the time, besides paused. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertUnchanged } from '../../support/farmState.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm } from '../../support/startFarm.ts';

describe('nodeSetProcessPriority and nodeSetRealtimeLog', () => {
  it('tell a node at once, and keep what it does', async (t) => {
    const farm = await startFarm(t);
    const [idle, busy] = [await farm.addNode('idle'), await farm.addNode('busy')];
    await farm.admin.jobSubmit({ job: aJob(1) });
    await busy.claim();

    for (const node of [idle, busy]) {
      const priority = await farm.admin.nodeSetProcessPriority({ id: node.id, priority: 'below-normal' });
      const log = await farm.admin.nodeSetRealtimeLog({ id: node.id, status: true });
      const { desired } = await node.heartbeat();
      const { node: view } = await farm.admin.nodeGet({ id: node.id });

      assert.deepEqual([priority.delivery, log.delivery], ['sent', 'sent']);
      assert.deepEqual(
        [desired.processPriority, desired.realtimeLog, desired.commandNo],
        ['below-normal', true, 2],
      );
      assert.deepEqual([view.processPriority, view.realtimeLog], ['below-normal', true]);
      assert.equal(view.status, node === idle ? 'idle' : 'working');
    }
    assert.notEqual(busy.work, null);
  });

  it('wait for a node that is offline, and outlive that it registers again', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.admin.nodePause({ id: node.id });
    await node.leave();

    const priority = await farm.admin.nodeSetProcessPriority({ id: node.id, priority: 'high' });
    const log = await farm.admin.nodeSetRealtimeLog({ id: node.id, status: true });
    const { node: offline } = await farm.admin.nodeGet({ id: node.id });
    const { desired } = await (await farm.addNode('alpha')).heartbeat();

    assert.deepEqual([priority.delivery, log.delivery], ['waits', 'waits']);
    assert.equal(offline.status, 'offline');
    assert.deepEqual(desired, {
      paused: true,
      processPriority: 'high',
      realtimeLog: true,
      commandNo: 3,
      heartbeatSeconds: 300,
      farmRevision: 0,
    });
  });

  it('change nothing when nothing differs', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.addNode('alpha');

    const same = await assertUnchanged(farm, () =>
      farm.admin.nodeSetProcessPriority({ id, priority: 'normal' }),
    );
    await assertUnchanged(farm, () => farm.admin.nodeSetRealtimeLog({ id, status: false }));

    assert.equal(same.delivery, 'sent');
  });

  it('keep the place of an idle node among those that wait for work', async (t) => {
    const farm = await startFarm(t);
    const first = await farm.addNode('first');
    await first.claim();
    farm.clock.advance(1_000);
    const second = await farm.addNode('second');
    await second.claim();
    farm.clock.advance(1_000);

    await farm.admin.nodeSetProcessPriority({ id: first.id, priority: 'low' });

    const idle: number[] = [];
    for await (const ids of farm.context.nodes.idlePages(1)) idle.push(...ids);
    assert.deepEqual(idle, [first.id, second.id]);
  });

  it('refuse a node that is not there', async (t) => {
    const farm = await startFarm(t);
    const details = { what: 'node', id: 999 };

    await assertRefusedWhole(farm, 'nodeSetProcessPriority', 'not-found', details, {
      id: 999,
      priority: 'low',
    });
    await assertRefusedWhole(farm, 'nodeSetRealtimeLog', 'not-found', details, { id: 999, status: true });
  });
});

describe('a node that registered before there were wishes', () => {
  it('has none, and none of what agents told later', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    for (const kind of ['NODES', 'NODESTATES']) {
      const item = await farm.table.get('farm', {
        pk: `${kind}#${node.id % 16}`,
        sk: String(node.id).padStart(12, '0'),
      });
      assert.ok(item);
      const { software: _s, interfaces: _i, processPriority: _p, realtimeLog: _r, ...old } = item;
      await farm.table.put('farm', { ...old, pk: item.pk, sk: item.sk });
    }

    const { node: view } = await farm.admin.nodeGet({ id: node.id });
    const { desired } = await node.heartbeat();

    assert.deepEqual([view.software, view.interfaces], [[], []]);
    assert.deepEqual([view.processPriority, view.realtimeLog], ['normal', false]);
    assert.deepEqual([desired.processPriority, desired.realtimeLog], ['normal', false]);
  });
});
