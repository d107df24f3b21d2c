import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { anOrder } from './orders.ts';
import { refusal, ScriptedFarm, unreachable } from './scriptedFarm.ts';

suite('a node that is told to stop', { timeout: 20_000 }, () => {
  test('leaves at once when it is idle', async () => {
    const farm = new ScriptedFarm();
    await farm.startIdle();
    const before = farm.clock.now();

    farm.stop();
    await farm.until(() => farm.exit);

    assert.deepEqual(farm.exit, { code: 0, text: 'left' });
    assert.deepEqual(farm.called('nodeLeave')[0]?.input, { session: 's1' });
    assert.equal(farm.clock.now(), before);
  });

  test('stops its chunk, reports it interrupted, leaves and uploads the output', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder({ token: 'A' }));

    farm.stop();
    await farm.until(() => farm.exit);

    const [report] = farm.called('nodeReport');
    assert.ok(run.isKilled);
    assert.deepEqual([report?.input.outcome, report?.input.wantsNext], ['interrupted', false]);
    assert.deepEqual(farm.uploads, ['A']);
    assert.equal(farm.called('nodeLeave').length, 1);
    assert.equal(farm.outbox.length, 0);
  });

  test('reports what the run came to when it ended by itself just then', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder());
    run.endsWhenKilled = false;
    farm.stop();
    await farm.clock.settle();

    run.finish({ outcome: 'completed' });
    await farm.until(() => farm.exit);

    assert.equal(farm.called('nodeReport')[0]?.input.outcome, 'completed');
  });

  test('delivers a report that waits, and takes no work for it', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder());
    farm.answer('nodeReport', unreachable());
    run.finish();
    await farm.until(() => farm.called('nodeReport').length === 1);
    farm.answer('nodeReport', { work: anOrder({ token: 'B' }), desired: farm.desired });

    farm.stop();
    await farm.until(() => farm.exit);

    assert.equal(farm.called('nodeReport').at(-1)?.input.wantsNext, false);
    assert.equal(farm.runs.length, 1);
    assert.equal(farm.outbox.length, 0);
  });

  for (const [what, answer] of [
    ['answers nothing', 'silence'],
    ['cannot be reached', unreachable()],
  ] as const) {
    test(`goes within 15 seconds when the dispatcher ${what}, and keeps its report`, async () => {
      const farm = new ScriptedFarm();
      await farm.startWorking(anOrder());
      const many = Array.from({ length: 100 }, () => answer);
      farm.answer('nodeReport', ...many);
      farm.answer('nodeLeave', ...many);
      const before = farm.clock.now();

      farm.stop();
      await farm.until(() => farm.exit);

      assert.equal(farm.exit?.code, 0);
      assert.ok(farm.clock.now() - before <= 15_000);
      assert.equal(farm.outbox.length, 1);
    });
  }

  test('goes within 15 seconds when its process tree cannot be ended', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder());
    run.endsWhenKilled = false;
    const before = farm.clock.now();

    farm.stop();
    await farm.until(() => farm.exit);

    assert.ok(farm.clock.now() - before <= 15_000);
    assert.equal(farm.called('nodeLeave').length, 1);
  });

  for (const code of ['session-replaced', 'unauthenticated', 'not-found', 'invalid-input'] as const) {
    test(`goes when its leaving is answered ${code}`, async () => {
      const farm = new ScriptedFarm();
      await farm.startIdle();
      farm.answer('nodeLeave', refusal(code));

      farm.stop();
      await farm.until(() => farm.exit);

      assert.equal(farm.exit?.code, 0);
      assert.equal(farm.called('nodeLeave').length, 1);
    });
  }

  test('says nothing more once it is gone', async () => {
    const farm = new ScriptedFarm();
    await farm.startIdle();
    farm.stop();
    await farm.until(() => farm.exit);
    const before = farm.calls.length;

    farm.send({ kind: 'assign', token: 'token-5' }, { kind: 'converge' });
    await farm.pass(3_600);

    assert.equal(farm.calls.length, before);
  });
});
