import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startFarm } from '../support/startFarm.ts';

describe('the farm as a whole', () => {
  it('keeps logs that are read, cleared and removed', async (t) => {
    const farm = await startFarm(t);
    const day = new Date(farm.clock.now()).toISOString().slice(0, 10);
    await farm.admin.logAddMessage({ message: 'before' });
    farm.clock.advance(1_000);
    await farm.admin.logClear({});
    await farm.admin.logAddInternalMessage({ message: 'after' });
    const live = await farm.admin.logGetList({});
    const activity = await farm.admin.systemGetActivityLog({ name: `activity-${day}.log` });
    const action = await farm.admin.systemGetActionLog({ name: `action-${day}.log` });
    farm.clock.advance(86_400_000);
    await farm.admin.systemRemoveActivityLog({ name: `activity-${day}.log` });
    await farm.admin.systemRemoveActionLog({ name: `action-${day}.log` });

    await farm.tick();
    const { names } = await farm.admin.systemGetActionLogsList({});

    assert.deepEqual(
      live.lines.map((line) => line.slice(25)),
      ['admin internal-message after'],
    );
    assert.match(activity.text, / message before\n/);
    assert.match(action.text, / admin logClear /);
    assert.deepEqual(
      names.map((name) => name < `action-${day}.log`),
      [false],
    );
  });

  it('is set, restarted softly and scanned', async (t) => {
    const farm = await startFarm(t);
    const capabilities = { interfaces: [{ mac: '02:00:00:00:00:01', cidr: '10.0.7.12/24' }] };
    const alpha = await farm.addNode('alpha', { capabilities });
    const beta = await farm.addNode('beta', { capabilities });
    await beta.leave();
    await farm.drain();
    const { configuration } = await farm.admin.systemGetConfiguration({});

    await farm.admin.systemSetConfiguration({
      configuration: { historyDays: 30, version: configuration.version },
      store: false,
    });
    await farm.admin.systemSoftRestart({});
    await farm.drain();
    farm.clock.advance(6_000);
    await farm.drain();
    const { desired } = await alpha.heartbeat();
    farm.clock.advance(1_000);
    await farm.admin.systemStartNodesNetworkScan({});
    await farm.drain();
    await alpha.heartbeat();
    const { scan, nodes } = await farm.admin.systemGetNodesNetworkScan({});

    assert.equal(desired.farmRevision, 1);
    assert.equal((await farm.admin.systemGetConfiguration({})).configuration.historyDays, 90);
    assert.equal(scan.wokenNodeCount, 1);
    assert.deepEqual(
      nodes.map(({ name, answer }) => [name, answer]),
      [
        ['alpha', 'answered'],
        ['beta', 'awaited'],
      ],
    );
  });
});
