import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { anOrder } from './orders.ts';
import { refusal, ScriptedFarm, unreachable } from './scriptedFarm.ts';

suite('nodeRegister', { timeout: 20_000 }, () => {
  test('is sent with the join token, who the node is and what the machine can do', async () => {
    const farm = new ScriptedFarm();

    await farm.startIdle();

    const [register] = farm.called('nodeRegister');
    assert.equal(register?.token, 'join');
    assert.deepEqual(
      [
        register?.input.name,
        register?.input.secret,
        register?.input.pools,
        register?.input.capabilities.cores,
      ],
      ['render-1', 'a secret of the node', ['night'], 4],
    );
  });

  test('answered, leads to a claim with the node’s own token and session', async () => {
    const farm = new ScriptedFarm();

    await farm.startIdle();

    const [claim] = farm.called('nodeClaim');
    assert.equal(claim?.token, 't1');
    assert.deepEqual(claim?.input, { session: 's1', attemptToken: null });
  });

  for (const [what, error] of [
    ['not answered', unreachable()],
    ['answered try-again', refusal('try-again')],
    ['answered conflict', refusal('conflict')],
    ['answered internal', refusal('internal')],
  ] as const) {
    test(`${what}, is repeated with a growing back-off`, async () => {
      const farm = new ScriptedFarm();
      const times: number[] = [];
      farm.answer('nodeRegister', ...Array.from({ length: 9 }, () => error));
      farm.start();

      for (let tries = 1; tries <= 10; tries += 1) {
        await farm.until(() => farm.called('nodeRegister').length >= tries);
        times.push(farm.clock.now());
      }

      const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
      assert.deepEqual(waits, [375, 750, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500, 22_500]);
      await farm.until(() => farm.called('nodeClaim').length === 1);
    });
  }

  for (const [code, exitCode, text] of [
    ['node-name-taken', 3, /another machine is named render-1: give this one another name with --name/],
    ['unauthenticated', 4, /does not accept the join token .*ROLLCALL_JOIN_TOKEN/],
    ['forbidden', 4, /does not accept the join token/],
    ['invalid-input', 2, /refuses to register render-1/],
  ] as const) {
    test(`answered ${code}, ends the node with exit code ${exitCode}`, async () => {
      const farm = new ScriptedFarm();
      farm.answer('nodeRegister', refusal(code));

      farm.start();
      await farm.until(() => farm.exit);

      assert.equal(farm.exit?.code, exitCode);
      assert.match(farm.exit?.text ?? '', text);
    });
  }

  test('is given up when the agent is stopped', async () => {
    const farm = new ScriptedFarm();
    farm.answer('nodeRegister', 'silence');
    farm.start();

    farm.stop();
    await farm.until(() => farm.exit);

    assert.equal(farm.exit?.code, 0);
  });

  test('is not sent again after a stop that came in the back-off', async () => {
    const farm = new ScriptedFarm();
    farm.answer('nodeRegister', unreachable());
    farm.start();
    await farm.clock.settle();

    farm.stop();
    await farm.until(() => farm.exit);
    await farm.pass(120);

    assert.equal(farm.called('nodeRegister').length, 1);
  });

  test('comes with a back-off after sessions that were no good', async () => {
    const farm = new ScriptedFarm();
    farm.answer('nodeClaim', refusal('not-found'), refusal('not-found'), refusal('not-found'));
    const startedAt = farm.clock.now();

    farm.start();
    await farm.until(() => farm.called('nodeClaim').length === 4);

    assert.equal(farm.clock.now() - startedAt, 375 + 750 + 1_500);
  });

  test('three times within five minutes because another agent took the session, ends with exit code 5', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder());
    farm.answer('nodeHeartbeat', refusal('session-replaced'), refusal('session-replaced'));
    farm.answer('nodeHeartbeat', refusal('session-replaced'));

    await farm.until(() => farm.exit);

    assert.equal(farm.exit?.code, 5);
    assert.match(farm.exit?.text ?? '', /another agent takes the session of node render-1 again and again/);
    assert.ok(run.isKilled);
  });

  test('is sent once when several answers say that the session is lost', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder());
    run.endsWhenKilled = false;
    farm.answer('nodeHeartbeat', ...Array.from({ length: 3 }, () => refusal('session-replaced')));
    await farm.until(() => farm.called('nodeHeartbeat').length === 3);

    run.finish();
    await farm.pass(100);

    assert.equal(farm.called('nodeRegister').length, 2);
    assert.equal(farm.exit, undefined);
  });

  test('goes on when another agent takes the session now and then', async () => {
    const farm = new ScriptedFarm();
    await farm.startIdle();

    for (let time = 1; time <= 6; time += 1) {
      farm.answer('nodeHeartbeat', refusal('session-replaced'));
      await farm.pass(160);
    }

    assert.equal(farm.exit, undefined);
    assert.equal(farm.called('nodeRegister').length, 7);
  });
});
