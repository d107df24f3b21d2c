import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { anOrder } from './orders.ts';
import { refusal, ScriptedFarm, unreachable } from './scriptedFarm.ts';

suite('nodeClaim', { timeout: 20_000 }, () => {
  test('answered with work, runs it', async () => {
    const farm = new ScriptedFarm();
    const order = anOrder();

    const run = await farm.startWorking(order);

    assert.equal(run.order, order);
  });

  test('answered without work, leaves the node idle: no further claim, heartbeats only', async () => {
    const farm = new ScriptedFarm();

    await farm.startIdle();
    await farm.pass(300);

    assert.equal(farm.called('nodeClaim').length, 1);
    assert.equal(farm.called('nodeHeartbeat').length, 10);
  });

  for (const [what, error] of [
    ['not answered', unreachable()],
    ['answered try-again', refusal('try-again')],
    ['answered internal', refusal('internal')],
  ] as const) {
    test(`${what}, is repeated`, async () => {
      const farm = new ScriptedFarm();
      farm.answer('nodeClaim', error, error, { work: anOrder(), desired: farm.desired });

      farm.start();
      const run = await farm.nextRun();

      assert.equal(run.order.assignment.token, 'token-1');
      assert.equal(farm.called('nodeClaim').length, 3);
      assert.equal(farm.called('nodeRegister').length, 1);
    });
  }

  for (const code of ['session-replaced', 'unauthenticated', 'not-found', 'invalid-input'] as const) {
    test(`answered ${code}, leads to a new session`, async () => {
      const farm = new ScriptedFarm();
      farm.answer('nodeClaim', refusal(code));

      farm.start();
      await farm.until(() => farm.called('nodeClaim').length === 2);

      assert.equal(farm.called('nodeRegister').length, 2);
      assert.deepEqual(farm.called('nodeClaim')[1]?.input, { session: 's2', attemptToken: null });
    });
  }

  test('answered without work after a message came, is sent again', async () => {
    const farm = new ScriptedFarm();
    farm.answer('nodeClaim', unreachable());
    farm.start();
    await farm.until(() => farm.called('nodeClaim').length === 1);
    farm.send({ kind: 'assign', token: 'token-9' });

    await farm.until(() => farm.called('nodeClaim').length === 3);
    await farm.pass(10);

    assert.equal(farm.called('nodeClaim').length, 3);
  });

  test('that nobody answers does not keep the node from leaving', async () => {
    const farm = new ScriptedFarm();
    farm.answer('nodeClaim', 'silence');
    farm.start();
    await farm.until(() => farm.called('nodeClaim').length === 1);

    farm.stop();
    await farm.until(() => farm.exit);

    assert.equal(farm.exit?.code, 0);
    assert.equal(farm.called('nodeLeave').length, 1);
  });

  test('answered with an attempt that a message said is over, asks by a heartbeat at once', async () => {
    const farm = new ScriptedFarm();
    farm.answer('nodeClaim', unreachable(), { work: anOrder({ token: 'A' }), desired: farm.desired });
    farm.answer('nodeHeartbeat', refusal('stale-attempt'));
    farm.start();
    await farm.until(() => farm.called('nodeClaim').length === 1);
    farm.send({ kind: 'kill', token: 'A' });

    const run = await farm.nextRun();
    await farm.clock.settle();

    assert.equal(farm.called('nodeHeartbeat').length, 1);
    assert.ok(run.isKilled);
  });
});

suite('an idle node', { timeout: 20_000 }, () => {
  test('claims on a message about a pushed chunk', async () => {
    const farm = new ScriptedFarm();
    await farm.startIdle();

    farm.send({ kind: 'assign', token: 'token-5' });
    await farm.clock.settle();

    assert.equal(farm.called('nodeClaim').length, 2);
  });

  test('claims once for a message that comes twice', async () => {
    const farm = new ScriptedFarm();
    await farm.startIdle();
    farm.answer('nodeClaim', { work: anOrder({ token: 'A' }), desired: farm.desired });

    farm.send({ kind: 'assign', token: 'A' });
    const run = await farm.nextRun();
    run.finish();
    await farm.until(() => farm.called('nodeReport').length === 1);
    farm.send({ kind: 'assign', token: 'A' });
    await farm.clock.settle();

    assert.equal(farm.called('nodeClaim').length, 2);
  });

  for (const [what, message] of [
    ['a kill of an attempt that it does not run', { kind: 'kill', token: 'other' }],
    ['a kind that it does not know', { kind: 'dance' }],
    ['a kill of nothing', { kind: 'kill' }],
  ] as const) {
    test(`ignores a message with ${what}`, async () => {
      const farm = new ScriptedFarm();
      await farm.startIdle();
      const before = farm.calls.length;

      farm.send(message);
      await farm.clock.settle();

      assert.equal(farm.calls.length, before);
    });
  }

  test('sends a heartbeat at once on a converge message', async () => {
    const farm = new ScriptedFarm();
    await farm.startIdle();

    farm.send({ kind: 'converge' });
    await farm.clock.settle();

    assert.equal(farm.called('nodeHeartbeat').length, 1);
    assert.deepEqual(farm.called('nodeHeartbeat')[0]?.input, {
      session: 's1',
      attemptToken: null,
      progress: 0,
      load: { cpu: 50, freeMemoryMb: 8_000, freeDiskMb: 90_000 },
    });
  });

  test('claims when a heartbeat says that a chunk was pushed', async () => {
    const farm = new ScriptedFarm();
    await farm.startIdle();
    farm.answer('nodeHeartbeat', { desired: farm.desired, hasWork: true });

    await farm.until(() => farm.called('nodeHeartbeat').length === 1);
    await farm.clock.settle();

    assert.equal(farm.called('nodeClaim').length, 2);
  });

  test('claims when a heartbeat finds an attempt that the node does not know of', async () => {
    const farm = new ScriptedFarm();
    await farm.startIdle();
    farm.answer('nodeHeartbeat', refusal('stale-attempt'));

    await farm.until(() => farm.called('nodeHeartbeat').length === 1);
    await farm.clock.settle();

    assert.equal(farm.called('nodeClaim').length, 2);
  });

  test('claims when it is not paused any more', async () => {
    const farm = new ScriptedFarm();
    farm.desired = { ...farm.desired, paused: true, commandNo: 1 };
    await farm.startIdle();
    await farm.pass(100);
    assert.equal(farm.called('nodeClaim').length, 1);

    farm.desired = { ...farm.desired, paused: false, commandNo: 2 };
    farm.send({ kind: 'converge' });
    await farm.clock.settle();

    assert.equal(farm.called('nodeClaim').length, 2);
  });

  test('keeps to the newer of two desired states', async () => {
    const farm = new ScriptedFarm();
    await farm.startIdle();
    farm.answer('nodeHeartbeat', {
      desired: { ...farm.desired, paused: true, commandNo: 5 },
      hasWork: false,
    });
    farm.answer('nodeHeartbeat', {
      desired: { ...farm.desired, paused: false, commandNo: 4 },
      hasWork: false,
    });

    await farm.until(() => farm.called('nodeHeartbeat').length === 2);
    await farm.clock.settle();

    assert.equal(farm.called('nodeClaim').length, 1);
    assert.ok(farm.said.includes('paused'));
    assert.ok(!farm.said.includes('not paused any more'));
  });

  for (const code of ['session-replaced', 'unauthenticated', 'not-found'] as const) {
    test(`registers again when a heartbeat is answered ${code}`, async () => {
      const farm = new ScriptedFarm();
      await farm.startIdle();
      farm.answer('nodeHeartbeat', refusal(code));

      await farm.until(() => farm.called('nodeRegister').length === 2);
      await farm.until(() => farm.called('nodeClaim').length === 2);

      assert.equal(farm.called('nodeClaim')[1]?.token, 't2');
    });
  }

  for (const [what, error] of [
    ['is not answered', unreachable()],
    ['is answered try-again', refusal('try-again')],
    ['is answered internal', refusal('internal')],
    ['is refused', refusal('invalid-input')],
  ] as const) {
    test(`stays and comes back sooner when a heartbeat ${what}`, async () => {
      const farm = new ScriptedFarm();
      await farm.startIdle();
      farm.answer('nodeHeartbeat', error);
      await farm.until(() => farm.called('nodeHeartbeat').length === 1);
      const before = farm.clock.now();

      await farm.until(() => farm.called('nodeHeartbeat').length === 2);

      assert.equal(farm.clock.now() - before, 1_500);
      assert.equal(farm.called('nodeRegister').length, 1);
    });
  }

  test('follows the interval that the dispatcher wishes, at once', async () => {
    const farm = new ScriptedFarm();
    farm.desired = { ...farm.desired, heartbeatSeconds: 300 };
    await farm.startIdle();
    farm.desired = { ...farm.desired, heartbeatSeconds: 30 };
    farm.answer('nodeClaim', { work: anOrder(), desired: farm.desired });
    farm.send({ kind: 'assign', token: 'token-5' });
    await farm.nextRun();

    await farm.pass(31);

    assert.equal(farm.called('nodeHeartbeat').length, 1);
  });
});
