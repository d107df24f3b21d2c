import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startFarm } from '../support/startFarm.ts';
import { aLoggedInRollcall } from './rollcall.ts';

describe('rollcall system', () => {
  it('shows settings, changes some for good and some until the next restart', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);

    const changed = await rollcall.run(['system', 'config', 'set', 'historyDays=30', 'acceptSeconds=20']);
    const lent = await rollcall.run(['system', 'config', 'set', '--temporary', 'engineRunning=false']);
    const shown = await rollcall.run(['system', 'config']);
    const restarted = await rollcall.run(['system', 'restart']);
    const json = await rollcall.json(['system', 'config', 'get']);

    assert.equal(changed.stdout, 'Changed 2 settings.\n');
    assert.equal(lent.stdout, 'Changed 1 setting until the next restart.\n');
    assert.equal(
      shown.stdout,
      `engineRunning         false  (until the next restart)
busyLeaseSeconds      90
busyHeartbeatSeconds  30
idleLeaseSeconds      900
idleHeartbeatSeconds  300
acceptSeconds         20
chunkTimeoutSeconds   0
maximumChunksRequeue  3
failuresExcludeJob    3
jobsExcludeTemplate   3
historyDays           30
logDays               30
exportsJobVariables   false
hookSeconds           5
failedHooksPass       false
`,
    );
    assert.equal(restarted.stdout, 'Temporary settings are dropped, and the nodes register again.\n');
    assert.deepEqual((json as { temporary: string[] }).temporary, []);
  });

  it('says which setting is wrong, and why', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);

    const unknown = await rollcall.run(['system', 'config', 'set', 'colour=red']);
    const wrong = await rollcall.run(['system', 'config', 'set', 'busyLeaseSeconds=40']);
    const unequal = await rollcall.run(['system', 'config', 'set', 'historyDays']);

    assert.match(unknown.stderr, /configuration\.colour: is not a field of this input/);
    assert.match(wrong.stderr, /configuration\.busyLeaseSeconds: must be at least 60, twice busyHeartbeat/);
    assert.match(unequal.stderr, /NAME=value/);
    assert.equal((await farm.admin.systemGetConfiguration({})).configuration.version, 0);
  });

  it('scans for nodes and shows who has not answered', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const loud = await farm.addNode('loud');
    const left = await farm.addNode('left');
    await left.leave();
    farm.clock.advance(1_000);

    const never = await rollcall.run(['system', 'scan', '--result']);
    const started = await rollcall.run(['system', 'scan']);
    await farm.drain();
    await loud.heartbeat();
    const result = await rollcall.run(['system', 'scan', '--result']);
    const ids = await rollcall.run(['system', 'scan', '--result', '--quiet']);

    assert.equal(never.code, 3);
    assert.match(started.stdout, /^Every node is asked to answer by .*scan --result shows who does not\.\n$/);
    assert.match(
      result.stdout,
      /^1 node answered, 1 did not\.\nCannot wake 1 node: it has told no network address\.\n/,
    );
    assert.match(result.stdout, /\nID +NAME +STATUS +ANSWER +SEEN\n +2 +left +offline +awaited/);
    assert.equal(ids.stdout, '2\n');
  });

  it('lists, searches and removes the logs of days', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const day = new Date(farm.clock.now()).toISOString().slice(0, 10);
    await farm.admin.logAddMessage({ message: 'lunch' });

    const listed = await rollcall.run(['system', 'logs']);
    const shown = await rollcall.run(['system', 'logs', 'show', `activity-${day}.log`]);
    const searched = await rollcall.run([
      ...['system', 'logs', 'show', `action-${day}.log`, '--operation', 'logAddMessage'],
      ...['--user', 'admin', '--text', 'LUNCH', '--from', `${day} 00:00`],
    ]);
    farm.clock.advance(1_000);
    const removed = await rollcall.run(['system', 'logs', 'remove', `activity-${day}.log`]);
    const empty = await rollcall.run(['system', 'logs', 'show', `activity-${day}.log`]);
    const missing = await rollcall.run(['system', 'logs', 'show', 'action-2020-01-01.log']);

    assert.equal(listed.stdout, `activity-${day}.log\naction-${day}.log\n`);
    assert.match(shown.stdout, /^\S+Z admin message lunch\n$/);
    assert.match(searched.stdout, /^\S+Z admin logAddMessage \S+ \{"message":"lunch"\} -> ok\n$/);
    assert.equal(removed.stdout, `Removed activity-${day}.log.\n`);
    assert.equal(empty.stdout, '');
    assert.equal(missing.code, 3);
  });
});

describe('rollcall log', () => {
  it('shows the last lines, takes a message, and is cleared', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);

    await rollcall.run(['log', 'add', 'one']);
    farm.clock.advance(1_000);
    await rollcall.run(['log', 'add', '--internal', 'two']);
    const all = await rollcall.run(['log']);
    const last = await rollcall.run(['log', 'last', '--lines', '1']);
    farm.clock.advance(1_000);
    const cleared = await rollcall.run(['log', 'clear']);
    const none = await rollcall.run(['log']);

    assert.match(all.stdout, /^\S+ admin message one\n\S+ admin internal-message two\n$/);
    assert.match(last.stdout, /^\S+ admin internal-message two\n$/);
    assert.equal(cleared.stdout, 'Cleared. The logs of the days are still there.\n');
    assert.equal(none.stdout.trim(), '');
  });
});
