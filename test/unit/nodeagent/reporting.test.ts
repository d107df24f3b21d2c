import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { anOrder } from './orders.ts';
import { refusal, ScriptedFarm, unreachable } from './scriptedFarm.ts';

suite('nodeReport', { timeout: 20_000 }, () => {
  test('says how the run ended and wants the next chunk', async () => {
    const farm = new ScriptedFarm();
    const order = anOrder();
    const run = await farm.startWorking(order);

    run.finish({ outcome: 'failed', exitCode: 3, message: 'boom', cpuSeconds: 12, peakMemoryMb: 900 });
    await farm.until(() => farm.called('nodeReport').length === 1);

    assert.deepEqual(farm.called('nodeReport')[0]?.input, {
      session: 's1',
      attempt: order.assignment,
      outcome: 'failed',
      exitCode: 3,
      message: 'boom',
      cpuSeconds: 12,
      peakMemoryMb: 900,
      wantsNext: true,
    });
  });

  test('is in the outbox before it is sent and out of it when it is answered', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder());
    const answer = Promise.withResolvers<object>();
    farm.answer('nodeReport', answer.promise);
    run.finish();
    await farm.until(() => farm.called('nodeReport').length === 1);
    assert.equal(farm.outbox.length, 1);

    answer.resolve({ work: null, desired: farm.desired });
    await farm.clock.settle();

    assert.equal(farm.outbox.length, 0);
  });

  test('is not sent before it is on disk', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder());
    const written = Promise.withResolvers<void>();
    farm.outboxWrite = written.promise;
    run.finish();
    await farm.clock.settle();
    assert.equal(farm.called('nodeReport').length, 0);

    written.resolve();
    await farm.clock.settle();

    assert.equal(farm.called('nodeReport').length, 1);
  });

  test('answered with work, runs it at once: no claim, and the upload does not delay it', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder({ token: 'A' }));
    farm.answer('nodeUploadLog', 'silence');
    farm.answer('nodeReport', { work: anOrder({ token: 'B' }), desired: farm.desired });

    run.finish();
    const next = await farm.nextRun();

    assert.equal(next.order.assignment.token, 'B');
    assert.equal(farm.called('nodeClaim').length, 1);
    assert.equal(farm.called('nodeUploadLog')[0]?.input.attempt.token, 'A');
  });

  test('answered without work, leaves the node idle', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder());

    run.finish();
    await farm.pass(100);

    assert.equal(farm.called('nodeReport').length, 1);
    assert.equal(farm.called('nodeClaim').length, 1);
  });

  test('answered without work after a chunk was pushed, leads to a claim', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder());
    const answer = Promise.withResolvers<object>();
    farm.answer('nodeReport', answer.promise);
    run.finish();
    await farm.until(() => farm.called('nodeReport').length === 1);
    farm.send({ kind: 'assign', token: 'B' });
    await farm.clock.settle();

    answer.resolve({ work: null, desired: farm.desired });
    await farm.clock.settle();

    assert.equal(farm.called('nodeClaim').length, 2);
  });

  test('that wanted nothing because of a pause that has ended meanwhile, leads to a claim', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder());
    farm.answer('nodeHeartbeat', {
      desired: { ...farm.desired, paused: true, commandNo: 1 },
      hasWork: false,
    });
    farm.send({ kind: 'converge' });
    await farm.clock.settle();
    farm.desired = { ...farm.desired, commandNo: 2 };

    run.finish();
    await farm.until(() => farm.called('nodeClaim').length === 2);

    assert.equal(farm.called('nodeReport')[0]?.input.wantsNext, false);
  });

  for (const [what, error] of [
    ['not answered', unreachable()],
    ['answered try-again', refusal('try-again')],
    ['answered internal', refusal('internal')],
  ] as const) {
    test(`${what}, is repeated for as long as it takes`, async () => {
      const farm = new ScriptedFarm();
      const run = await farm.startWorking(anOrder());
      farm.answer('nodeReport', ...Array.from({ length: 200 }, () => error));

      run.finish({ outcome: 'warning', message: 'hm' });
      await farm.until(() => farm.called('nodeReport').length === 201);
      await farm.clock.settle();

      const inputs = farm.called('nodeReport').map(({ input }) => JSON.stringify(input));
      assert.equal(new Set(inputs).size, 1);
      assert.equal(farm.outbox.length, 0);
    });
  }

  test('is not disturbed by heartbeats and kills that call its attempt over: its own answer says so', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder({ token: 'A' }));
    farm.answer('nodeReport', ...Array.from({ length: 20 }, unreachable));
    farm.answer('nodeReport', { work: anOrder({ token: 'B' }), desired: farm.desired });
    farm.answer('nodeHeartbeat', ...Array.from({ length: 3 }, () => refusal('stale-attempt')));

    run.finish();
    farm.send({ kind: 'kill', token: 'A' });
    const next = await farm.nextRun();

    assert.equal(next.order.assignment.token, 'B');
  });

  test('says that no next chunk is wanted when a pause comes before it is answered', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder());
    farm.answer('nodeReport', unreachable());
    run.finish();
    await farm.until(() => farm.called('nodeReport').length === 1);
    farm.desired = { ...farm.desired, paused: true, commandNo: 1 };
    farm.send({ kind: 'converge' });

    await farm.until(() => farm.called('nodeReport').length === 2);
    await farm.pass(100);

    assert.equal(farm.called('nodeReport')[1]?.input.wantsNext, false);
    assert.equal(farm.called('nodeClaim').length, 1);
  });

  for (const code of ['session-replaced', 'unauthenticated', 'not-found'] as const) {
    test(`that waits for its answer is sent in a new session when a heartbeat is answered ${code}`, async () => {
      const farm = new ScriptedFarm();
      const run = await farm.startWorking(anOrder());
      farm.answer('nodeReport', 'silence', refusal('stale-attempt'));
      run.finish();
      await farm.until(() => farm.called('nodeReport').length === 1);
      farm.answer('nodeHeartbeat', refusal(code));

      await farm.until(() => farm.called('nodeClaim').length === 2);

      assert.equal(farm.called('nodeReport')[1]?.input.session, 's2');
      assert.equal(farm.outbox.length, 0);
    });
  }

  test('answered stale-attempt, is dropped and leads to a claim; the output is offered all the same', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder({ token: 'A' }));
    farm.answer('nodeReport', refusal('stale-attempt'));
    farm.answer('nodeUploadLog', refusal('stale-attempt'));

    run.finish();
    await farm.until(() => farm.kept.length === 1);

    assert.equal(farm.outbox.length, 0);
    assert.equal(farm.called('nodeClaim').length, 2);
    assert.deepEqual(farm.kept, ['A']);
  });

  for (const code of ['session-replaced', 'unauthenticated', 'not-found'] as const) {
    test(`answered ${code}, is sent again in a new session and dropped there`, async () => {
      const farm = new ScriptedFarm();
      const run = await farm.startWorking(anOrder());
      farm.answer('nodeReport', refusal(code), refusal('stale-attempt'));

      run.finish();
      await farm.until(() => farm.called('nodeClaim').length === 2);

      assert.deepEqual(
        farm.called('nodeReport').map(({ input, token }) => [input.session, token]),
        [
          ['s1', 't1'],
          ['s2', 't2'],
        ],
      );
      assert.equal(farm.outbox.length, 0);
    });
  }

  test('that is refused, is dropped and gives the chunk back by a new session', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder());
    farm.answer('nodeReport', refusal('invalid-input'));

    run.finish();
    await farm.until(() => farm.called('nodeClaim').length === 2);

    assert.equal(farm.called('nodeRegister').length, 2);
    assert.equal(farm.called('nodeReport').length, 1);
    assert.equal(farm.outbox.length, 0);
  });

  test('is sent for all reports that an earlier agent left, in order, before the node claims', async () => {
    const farm = new ScriptedFarm();
    farm.outbox = ['A', 'B', 'C'].map((token, index) => ({
      number: index + 1,
      report: { attempt: anOrder({ token }).assignment, outcome: 'completed', exitCode: 0 },
    }));
    farm.answer('nodeReport', refusal('stale-attempt'), unreachable(), refusal('stale-attempt'));
    farm.answer('nodeReport', refusal('stale-attempt'));

    farm.start();
    await farm.until(() => farm.called('nodeClaim').length === 1);

    assert.deepEqual(
      farm.called('nodeReport').map(({ input }) => [input.attempt.token, input.wantsNext]),
      [
        ['A', false],
        ['B', false],
        ['B', false],
        ['C', true],
      ],
    );
    assert.equal(farm.outbox.length, 0);
  });
});

suite('an upload', { timeout: 20_000 }, () => {
  test('is sent after the report’s answer and its output forgotten', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder({ token: 'A' }));

    run.finish();
    await farm.until(() => farm.discarded.length === 1);

    const names = farm.calls.map(({ name }) => name);
    assert.ok(names.indexOf('nodeReport') < names.indexOf('nodeUploadLog'));
    assert.deepEqual([farm.uploads, farm.discarded], [['A'], ['A']]);
  });

  test('is repeated with a back-off, with the key of its own attempt, while the next chunk runs', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder({ token: 'A' }));
    farm.answer('nodeReport', { work: anOrder({ token: 'B' }), desired: farm.desired });
    farm.answer('nodeUploadLog', unreachable(), refusal('try-again'));
    farm.uploadErrors = [new Error('storage answered 503')];

    run.finish();
    const next = await farm.nextRun();
    await farm.until(() => farm.discarded.length === 1);

    assert.ok(!next.isKilled);
    assert.deepEqual(
      farm.called('nodeUploadLog').map(({ input }) => input.attempt.token),
      ['A', 'A', 'A', 'A'],
    );
  });

  test('is given up after five tries, and the output stays', async () => {
    const farm = new ScriptedFarm();
    const run = await farm.startWorking(anOrder({ token: 'A' }));
    farm.answer('nodeUploadLog', ...Array.from({ length: 5 }, unreachable));

    run.finish();
    await farm.until(() => farm.said.some((line) => line.includes('stays here')));
    await farm.pass(300);

    assert.equal(farm.called('nodeUploadLog').length, 5);
    assert.deepEqual([farm.discarded, farm.kept], [[], []]);
  });

  for (const code of ['session-replaced', 'unauthenticated', 'not-found'] as const) {
    test(`answered ${code}, is sent with the next session`, async () => {
      const farm = new ScriptedFarm();
      const run = await farm.startWorking(anOrder({ token: 'A' }));
      farm.answer('nodeUploadLog', refusal(code));
      farm.answer('nodeReport', { work: anOrder({ token: 'B' }), desired: farm.desired });
      run.finish();
      await farm.nextRun();
      farm.answer('nodeHeartbeat', refusal(code));
      farm.send({ kind: 'converge' });

      await farm.until(() => farm.uploads.includes('A'));

      assert.equal(farm.called('nodeUploadLog')[1]?.input.session, 's2');
    });
  }

  for (const code of ['stale-attempt', 'forbidden'] as const) {
    test(`answered ${code}, is not repeated; the output stays for people`, async () => {
      const farm = new ScriptedFarm();
      const run = await farm.startWorking(anOrder({ token: 'A' }));
      farm.answer('nodeUploadLog', refusal(code));

      run.finish();
      await farm.until(() => farm.kept.length === 1);
      await farm.pass(300);

      assert.equal(farm.called('nodeUploadLog').length, 1);
    });
  }

  test('is sent for the output that an earlier agent left', async () => {
    const farm = new ScriptedFarm();
    farm.leftovers = [anOrder({ token: 'old' }).assignment];

    await farm.startIdle();
    await farm.until(() => farm.discarded.length === 1);

    assert.deepEqual(farm.uploads, ['old']);
  });
});
