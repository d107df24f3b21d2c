import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { aDesiredState, anOrder } from './orders.ts';
import { refusal, ScriptedFarm, unreachable } from './scriptedFarm.ts';

const sent = (farm: ScriptedFarm): [number, string][] =>
  farm.called('nodeSendLog').map(({ input }) => [input.offset, input.text]);

function aFarm(realtimeLog: boolean): ScriptedFarm {
  const farm = new ScriptedFarm();
  farm.desired = aDesiredState({ realtimeLog });
  return farm;
}

suite('the real-time log', { timeout: 20_000 }, () => {
  test('that is off is not sent', async () => {
    const farm = aFarm(false);
    const run = await farm.startWorking(anOrder());

    run.written = 'begins\n';
    await farm.pass(60);

    assert.deepEqual(sent(farm), []);
  });

  test('that is on is sent at most every second, each part at its offset, nothing twice', async () => {
    const farm = aFarm(true);
    const run = await farm.startWorking(anOrder({ token: 'A' }));

    for (const text of ['one\n', 'two\n', 'three\n', '', 'four\n']) {
      run.written += text;
      await farm.pass(0.5);
    }
    await farm.pass(10);

    assert.deepEqual(sent(farm), [
      [0, 'one\ntwo\n'],
      [8, 'three\n'],
      [14, 'four\n'],
    ]);
    assert.equal(farm.called('nodeSendLog')[0]?.input.attempt.token, 'A');
  });

  test('turned on in the middle begins with what was written before, and ends when it is turned off', async () => {
    const farm = aFarm(false);
    const run = await farm.startWorking(anOrder());
    run.written = 'before\n';
    await farm.pass(10);

    farm.change({ realtimeLog: true });
    await farm.pass(2);
    farm.change({ realtimeLog: false });
    run.written += 'after\n';
    await farm.pass(10);
    farm.change({ realtimeLog: true });
    await farm.pass(2);

    assert.deepEqual(sent(farm), [
      [0, 'before\n'],
      [7, 'after\n'],
    ]);
  });

  test('comes in parts of 16384 characters', async () => {
    const farm = aFarm(true);
    const run = await farm.startWorking(anOrder());

    run.written = 'x'.repeat(40_000);
    await farm.pass(10);

    assert.deepEqual(
      sent(farm).map(([offset, text]) => [offset, text.length]),
      [
        [0, 16_384],
        [16_384, 16_384],
        [32_768, 7_232],
      ],
    );
  });

  test('of a process that writes too fast leaves out what is older than the last 262144 characters', async () => {
    const farm = aFarm(true);
    const run = await farm.startWorking(anOrder());
    run.written = 'x'.repeat(1_000_000);

    await farm.pass(1.5);

    assert.equal(sent(farm)[0]?.[0], 1_000_000 - 262_144);
  });

  for (const [what, error] of [
    ['cannot be reached', unreachable()],
    ['answers try-again', refusal('try-again')],
  ] as const) {
    test(`repeats a part as it was when the dispatcher ${what}`, async () => {
      const farm = aFarm(true);
      farm.answer('nodeSendLog', error);
      const run = await farm.startWorking(anOrder());
      run.written = 'one\n';
      await farm.until(() => sent(farm).length === 1);

      run.written += 'two\n';
      await farm.until(() => sent(farm).length === 3);

      assert.deepEqual(sent(farm), [
        [0, 'one\n'],
        [0, 'one\n'],
        [4, 'two\n'],
      ]);
    });
  }

  test('that is refused is given up for this chunk, and the render goes on', async () => {
    const farm = aFarm(true);
    farm.answer('nodeSendLog', refusal('invalid-input'));
    const run = await farm.startWorking(anOrder());
    run.written = 'one\n';
    await farm.until(() => sent(farm).length === 1);
    run.written += 'two\n';
    await farm.pass(30);

    run.finish();
    await farm.until(() => farm.called('nodeReport').length === 1);

    assert.equal(sent(farm).length, 1);
    assert.equal(farm.called('nodeReport')[0]?.input.outcome, 'completed');
  });

  test('answered stale-attempt, stops the process', async () => {
    const farm = aFarm(true);
    farm.answer('nodeSendLog', refusal('stale-attempt'));
    const run = await farm.startWorking(anOrder());
    run.written = 'one\n';

    await farm.until(() => farm.called('nodeClaim').length === 2);

    assert.ok(run.isKilled);
    assert.equal(farm.called('nodeReport').length, 0);
  });

  test('ends with the process', async () => {
    const farm = aFarm(true);
    const run = await farm.startWorking(anOrder());
    run.finish();
    await farm.until(() => farm.called('nodeReport').length === 1);

    run.written = 'too late\n';
    await farm.pass(30);

    assert.deepEqual(sent(farm), []);
  });
});
