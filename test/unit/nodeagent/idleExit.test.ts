import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { IdleExit } from '../../../nodeagent/src/idleExit.ts';
import { anOrder } from './orders.ts';
import { ScriptedFarm } from './scriptedFarm.ts';
import { VirtualClock } from './virtualClock.ts';

function anIdleExit(nodeCount: number) {
  const clock = new VirtualClock();
  let times = 0;
  const idleExit = new IdleExit(clock, nodeCount, 10, () => {
    times += 1;
  });
  return { clock, idleExit, times: () => times };
}

suite('leaving when idle', { timeout: 20_000 }, () => {
  test('comes once after the minutes without work, claims without an answer included', async () => {
    const { clock, idleExit, times } = anIdleExit(1);
    idleExit.note('a', 'registering');
    idleExit.note('a', 'claiming');
    idleExit.note('a', 'idle');
    await clock.pass(9 * 60_000);
    idleExit.note('a', 'claiming');
    idleExit.note('a', 'idle');
    assert.equal(times(), 0);

    await clock.pass(60_000);

    assert.equal(times(), 1);
  });

  for (const state of ['working', 'registering'] as const) {
    test(`counts anew after ${state}`, async () => {
      const { clock, idleExit, times } = anIdleExit(1);
      idleExit.note('a', 'idle');
      await clock.pass(9 * 60_000);
      idleExit.note('a', state);
      await clock.pass(60 * 60_000);
      idleExit.note('a', 'idle');

      await clock.pass(9 * 60_000);
      assert.equal(times(), 0);
      await clock.pass(60_000);

      assert.equal(times(), 1);
    });
  }

  test('waits until all nodes of the agent are idle', async () => {
    const { clock, idleExit, times } = anIdleExit(2);
    idleExit.note('a', 'idle');
    idleExit.note('b', 'working');
    await clock.pass(60 * 60_000);
    assert.equal(times(), 0);

    idleExit.note('b', 'idle');
    await clock.pass(10 * 60_000);

    assert.equal(times(), 1);
  });
});

suite('a node that leaves after its job', { timeout: 20_000 }, () => {
  async function firstChunk(farm: ScriptedFarm) {
    farm.exitsAfterJob = true;
    return farm.startWorking(anOrder({ jobId: 7, token: 'A' }));
  }

  test('waits for its first work', async () => {
    const farm = new ScriptedFarm();
    farm.exitsAfterJob = true;
    await farm.startIdle();

    await farm.pass(3_600);

    assert.equal(farm.exit, undefined);
  });

  test('takes further chunks of that job, and leaves when there is none', async () => {
    const farm = new ScriptedFarm();
    const first = await firstChunk(farm);
    farm.answer('nodeReport', { work: anOrder({ jobId: 7, token: 'B' }), desired: farm.desired });
    first.finish();
    const second = await farm.nextRun();

    second.finish();
    await farm.until(() => farm.exit);

    assert.equal(farm.exit?.code, 0);
    assert.equal(farm.called('nodeLeave').length, 1);
    assert.equal(farm.called('nodeReport').length, 2);
  });

  test('does not begin a chunk of another job, but leaves, which gives it back', async () => {
    const farm = new ScriptedFarm();
    const first = await firstChunk(farm);
    farm.answer('nodeReport', { work: anOrder({ jobId: 8, token: 'B' }), desired: farm.desired });

    first.finish();
    await farm.until(() => farm.exit);

    assert.equal(farm.runs.length, 1);
    assert.equal(farm.called('nodeLeave').length, 1);
  });

  test('leaves also when its chunk was taken from it and there is no other', async () => {
    const farm = new ScriptedFarm();
    await firstChunk(farm);

    farm.send({ kind: 'kill', token: 'A' });
    await farm.until(() => farm.exit);

    assert.equal(farm.called('nodeClaim').length, 2);
  });

  test('that is paused stays also when it has asked in vain', async () => {
    const farm = new ScriptedFarm();
    await firstChunk(farm);
    farm.change({ paused: true });
    await farm.clock.settle();

    farm.send({ kind: 'kill', token: 'A' });
    await farm.until(() => farm.called('nodeClaim').length === 2);
    await farm.pass(60);

    assert.equal(farm.exit, undefined);
  });

  test('that is paused stays until it is known whether there is more', async () => {
    const farm = new ScriptedFarm();
    const first = await firstChunk(farm);
    farm.change({ paused: true });
    await farm.clock.settle();
    first.finish();
    await farm.pass(3_600);
    assert.equal(farm.exit, undefined);

    farm.change({ paused: false });
    await farm.until(() => farm.exit);

    assert.equal(farm.called('nodeLeave').length, 1);
  });
});
