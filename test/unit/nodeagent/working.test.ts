import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { anOrder } from './orders.ts';
import { refusal, ScriptedFarm, unreachable } from './scriptedFarm.ts';

suite('a working node', { timeout: 20_000 }, () => {
  test('sends its attempt and progress with each heartbeat', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder({ token: 'A' }));
    run.progressNow = 0.4;

    await farm.pass(61);

    const inputs = farm.called('nodeHeartbeat').map(({ input }) => [input.attemptToken, input.progress]);
    assert.deepEqual(inputs, [
      ['A', 0.4],
      ['A', 0.4],
    ]);
  });

  test('told by a heartbeat that its attempt is stale, stops it, reports nothing and claims', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder({ token: 'A' }));
    farm.answer('nodeHeartbeat', refusal('stale-attempt'));

    await farm.until(() => farm.called('nodeClaim').length === 2);

    assert.ok(run.isKilled);
    assert.equal(farm.called('nodeReport').length, 0);
    assert.equal(farm.called('nodeClaim')[1]?.input.attemptToken, null);
  });

  test('told by a message that its attempt is over, stops it, uploads its output and claims', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder({ token: 'A' }));

    farm.send({ kind: 'kill', token: 'A' });
    await farm.until(() => farm.uploads.length === 1);

    assert.ok(run.isKilled);
    assert.deepEqual(farm.uploads, ['A']);
    assert.equal(farm.called('nodeReport').length, 0);
    assert.equal(farm.called('nodeClaim').length, 2);
  });

  test('does not claim before the process tree is gone', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder({ token: 'A' }));
    run.endsWhenKilled = false;
    farm.send({ kind: 'kill', token: 'A' });
    await farm.clock.settle();
    assert.equal(farm.called('nodeClaim').length, 1);

    run.finish();
    await farm.clock.settle();

    assert.equal(farm.called('nodeClaim').length, 2);
    assert.equal(farm.called('nodeReport').length, 0);
  });

  test('goes on after a kill of another attempt', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder({ token: 'A' }));

    farm.send({ kind: 'kill', token: 'B' });
    await farm.clock.settle();

    assert.ok(!run.isKilled);
  });

  test('does nothing when its own chunk is pushed to it, or one that it had', async () => {
    const farm = new ScriptedFarm();
    const first = await farm.startWorking(anOrder({ token: 'A' }));
    farm.answer('nodeReport', { work: anOrder({ token: 'B' }), desired: farm.desired });
    first.finish();
    const second = await farm.nextRun();
    const before = farm.calls.length;

    farm.send({ kind: 'assign', token: 'A' }, { kind: 'assign', token: 'B' });
    await farm.clock.settle();

    assert.ok(!second.isKilled);
    assert.equal(farm.calls.slice(before).filter(({ name }) => name !== 'nodeUploadLog').length, 0);
  });

  test('asks by a heartbeat when another chunk is pushed to it', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder({ token: 'A' }));
    farm.answer('nodeHeartbeat', refusal('stale-attempt'));
    farm.answer('nodeClaim', { work: anOrder({ token: 'B' }), desired: farm.desired });

    farm.send({ kind: 'assign', token: 'B' });
    const next = await farm.nextRun();

    assert.ok(run.isKilled);
    assert.equal(next.order.assignment.token, 'B');
  });

  test('is not disturbed by a message that it does not know or by a heartbeat that tells of work', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder());
    farm.answer('nodeHeartbeat', { desired: farm.desired, hasWork: true });

    farm.send({ kind: 'dance' });
    await farm.pass(40);

    assert.ok(!run.isKilled);
    assert.equal(farm.called('nodeClaim').length, 1);
  });

  test('that is paused finishes its chunk, asks for no other and rests', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder());
    farm.desired = { ...farm.desired, paused: true, commandNo: 1 };
    farm.send({ kind: 'converge' });
    await farm.clock.settle();
    assert.ok(!run.isKilled);

    run.finish();
    await farm.pass(100);

    assert.deepEqual(
      farm.called('nodeReport').map(({ input }) => input.wantsNext),
      [false],
    );
    assert.equal(farm.called('nodeClaim').length, 1);
  });

  test('starts its process with the priority of the node, and changes it when the node changes', async () => {
    const farm = new ScriptedFarm();
    farm.desired = { ...farm.desired, processPriority: 'low' };
    const run = await farm.startWorking(anOrder());

    farm.change({ processPriority: 'high' });
    await farm.clock.settle();
    farm.change({ paused: true });
    await farm.clock.settle();

    assert.deepEqual(run.priorities, ['low', 'high']);
  });

  test('told to leave after its chunk, finishes it, asks for no other and leaves', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder());

    farm.finish();
    await farm.pass(60);
    assert.equal(run.isKilled, false);
    run.finish();
    await farm.until(() => farm.exit);

    assert.deepEqual(
      farm.called('nodeReport').map(({ input }) => [input.outcome, input.wantsNext]),
      [['completed', false]],
    );
    assert.equal(farm.called('nodeLeave').length, 1);
    assert.equal(farm.exit?.code, 0);
  });

  test('told to leave after its chunk, leaves also when that chunk is taken from it', async () => {
    const farm = new ScriptedFarm();
    await farm.startWorking(anOrder({ token: 'A' }));

    farm.finish();
    farm.send({ kind: 'kill', token: 'A' });
    await farm.until(() => farm.exit);

    assert.equal(farm.called('nodeClaim').length, 1);
    assert.equal(farm.called('nodeLeave').length, 1);
  });

  for (const code of ['session-replaced', 'unauthenticated', 'not-found'] as const) {
    test(`told ${code}, stops its chunk and registers again`, async () => {
      const farm = new ScriptedFarm();
      const run = await farm.startWorking(anOrder());
      farm.answer('nodeHeartbeat', refusal(code));

      await farm.until(() => farm.called('nodeClaim').length === 2);

      assert.ok(run.isKilled);
      assert.equal(farm.called('nodeRegister').length, 2);
      assert.equal(farm.called('nodeReport').length, 0);
      assert.equal(farm.called('nodeClaim')[1]?.input.session, 's2');
    });
  }

  for (const [what, error] of [
    ['cannot be reached', unreachable()],
    ['answers try-again', refusal('try-again')],
    ['answers internal', refusal('internal')],
    ['refuses the heartbeat', refusal('invalid-input')],
  ] as const) {
    test(`goes on rendering while the dispatcher ${what}`, async () => {
      const farm = new ScriptedFarm();
      const run = await farm.startWorking(anOrder());
      farm.answer('nodeHeartbeat', ...Array.from({ length: 100 }, () => error));

      await farm.pass(600);
      assert.ok(!run.isKilled);
      run.finish();
      await farm.until(() => farm.called('nodeReport').length === 1);

      assert.equal(farm.called('nodeRegister').length, 1);
    });
  }

  test('ignores the answer to a heartbeat about an attempt that it reported meanwhile', async () => {
    const farm = new ScriptedFarm();
    const first = await farm.startWorking(anOrder({ token: 'A' }));
    const late = Promise.withResolvers<object>();
    farm.answer('nodeHeartbeat', late.promise);
    await farm.until(() => farm.called('nodeHeartbeat').length === 1);
    farm.answer('nodeReport', { work: anOrder({ token: 'B' }), desired: farm.desired });
    first.finish();
    const second = await farm.nextRun();

    late.reject(refusal('stale-attempt'));
    await farm.clock.settle();

    assert.ok(!second.isKilled);
  });
});
