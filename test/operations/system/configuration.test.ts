import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertUnchanged } from '../../support/farmState.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm } from '../../support/startFarm.ts';

const defaults = {
  engineRunning: true,
  busyLeaseSeconds: 90,
  busyHeartbeatSeconds: 30,
  idleLeaseSeconds: 900,
  idleHeartbeatSeconds: 300,
  acceptSeconds: 30,
  chunkTimeoutSeconds: 0,
  maximumChunksRequeue: 3,
  failuresExcludeJob: 3,
  jobsExcludeTemplate: 3,
  historyDays: 90,
  logDays: 30,
  exportsJobVariables: false,
  hookSeconds: 5,
  failedHooksPass: false,
};

describe('systemGetConfiguration and systemSetConfiguration', () => {
  it('give the defaults of a new farm, and keep what is changed', async (t) => {
    const farm = await startFarm(t);

    const before = await farm.admin.systemGetConfiguration({});
    const set = await farm.admin.systemSetConfiguration({
      configuration: { historyDays: 30, busyLeaseSeconds: 120, version: 0 },
      store: true,
    });
    const after = await farm.admin.systemGetConfiguration({});

    assert.deepEqual(before, { configuration: { ...defaults, version: 0 }, temporary: [] });
    assert.deepEqual(set, { version: 1 });
    assert.deepEqual(after, {
      configuration: { ...defaults, historyDays: 30, busyLeaseSeconds: 120, version: 1 },
      temporary: [],
    });
  });

  it('take effect within five seconds, also in a process that knows the old settings', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const heartbeat = async () => (await node.heartbeat()).desired.heartbeatSeconds;

    const before = await heartbeat();
    const { permanent, ...rest } = await farm.context.configuration.getSettings();
    // Written by another process: this one is not told.
    await farm.table.put('farm', {
      pk: 'CONFIGURATION',
      sk: 'dispatcher',
      ...permanent,
      ...rest,
      idleHeartbeatSeconds: 60,
      version: 1,
    });
    farm.clock.advance(4_999);
    const kept = await heartbeat();
    farm.clock.advance(1);
    const after = await heartbeat();

    assert.deepEqual([before, kept, after], [300, 300, 60]);
  });

  it('hold until the next soft restart only without store', async (t) => {
    const farm = await startFarm(t);

    await farm.admin.systemSetConfiguration({ configuration: { historyDays: 30, version: 0 }, store: false });
    const between = await farm.admin.systemGetConfiguration({});
    await farm.admin.systemSoftRestart({});
    const after = await farm.admin.systemGetConfiguration({});

    assert.deepEqual([between.configuration.historyDays, between.temporary], [30, ['historyDays']]);
    assert.deepEqual([after.configuration.historyDays, after.temporary], [90, []]);
  });

  it('keep other temporary settings when one is stored', async (t) => {
    const farm = await startFarm(t);
    const temporary = { historyDays: 30, chunkTimeoutSeconds: 60 };
    await farm.admin.systemSetConfiguration({ configuration: { ...temporary, version: 0 }, store: false });

    await farm.admin.systemSetConfiguration({ configuration: { historyDays: 30, version: 1 }, store: true });
    const between = await farm.admin.systemGetConfiguration({});
    await farm.admin.systemSoftRestart({});
    const after = await farm.admin.systemGetConfiguration({});

    assert.deepEqual(between.temporary, ['chunkTimeoutSeconds']);
    assert.equal(after.configuration.historyDays, 30);
    assert.equal(after.configuration.chunkTimeoutSeconds, 0);
  });

  it('swap the engine for good, also while it is stopped until the next restart', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.systemSetConfiguration({
      configuration: { engineRunning: false, version: 0 },
      store: false,
    });

    const stopped = await farm.admin.systemQueryEngineStatus({});
    const swapped = await farm.admin.systemSwapEngineStatus({});
    await farm.admin.systemSoftRestart({});
    const after = await farm.admin.systemGetConfiguration({});

    assert.deepEqual(
      [stopped.running, swapped.running, after.configuration.engineRunning],
      [false, true, true],
    );
    assert.deepEqual(after.temporary, []);
  });

  for (const [configuration, field, rule] of [
    [
      { busyLeaseSeconds: 59 },
      'configuration.busyLeaseSeconds',
      'must be at least 60, twice busyHeartbeatSeconds, so that one lost heartbeat costs no chunk; it is 59',
    ],
    [
      { idleHeartbeatSeconds: 451 },
      'configuration.idleLeaseSeconds',
      'must be at least 902, twice idleHeartbeatSeconds, so that one lost heartbeat costs no chunk; it is 900',
    ],
    [
      { acceptSeconds: 91 },
      'configuration.acceptSeconds',
      'must be at most busyLeaseSeconds, 90, because a chunk is pushed under such a lease; it is 91',
    ],
  ] as const) {
    it(`refuse ${JSON.stringify(configuration)} beside the rest, stored or not`, async (t) => {
      const farm = await startFarm(t);

      for (const store of [true, false]) {
        await assertRefusedWhole(
          farm,
          'systemSetConfiguration',
          'invalid-input',
          { field, rule },
          {
            configuration: { ...configuration, version: 0 },
            store,
          },
        );
      }
    });
  }

  it('refuse permanent settings that fit only while temporary ones hold', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.systemSetConfiguration({
      configuration: { busyHeartbeatSeconds: 10, version: 0 },
      store: false,
    });

    await assertRefusedWhole(
      farm,
      'systemSetConfiguration',
      'invalid-input',
      { field: 'configuration.busyLeaseSeconds' },
      { configuration: { busyLeaseSeconds: 40, version: 1 }, store: true },
    );
  });

  it('refuse the version of other settings, unless they are as wished already', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.systemSetConfiguration({ configuration: { historyDays: 30, version: 0 } });

    await assertRefusedWhole(
      farm,
      'systemSetConfiguration',
      'conflict',
      { what: 'configuration', id: 0 },
      { configuration: { historyDays: 31, version: 0 } },
    );
    const again = await assertUnchanged(farm, () =>
      farm.admin.systemSetConfiguration({ configuration: { historyDays: 30, version: 0 } }),
    );

    assert.deepEqual(again, { version: 1 });
  });

  it('refuse nothing for settings that stay as they were, whatever those are', async (t) => {
    const farm = await startFarm(t);
    const settings = await farm.context.configuration.getSettings();
    await farm.context.configuration.replace({
      ...settings,
      permanent: { ...settings.permanent, busyLeaseSeconds: 10 },
    });

    await farm.admin.systemSwapEngineStatus({});
    await farm.admin.systemSetConfiguration({ configuration: { historyDays: 30, version: 2 } });

    const { configuration } = await farm.admin.systemGetConfiguration({});
    assert.deepEqual([configuration.engineRunning, configuration.historyDays], [false, 30]);
  });
});
