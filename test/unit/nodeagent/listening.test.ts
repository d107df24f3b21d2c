import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { MailboxDeniedError } from '../../../nodeagent/src/ports.ts';
import { anOrder } from './orders.ts';
import { refusal, ScriptedFarm, unreachable } from './scriptedFarm.ts';

suite('the mailbox', { timeout: 20_000 }, () => {
  test('is read with credentials that are renewed before they expire', async () => {
    const farm = new ScriptedFarm();
    farm.desired = { ...farm.desired, heartbeatSeconds: 3_600 };
    await farm.startIdle();

    await farm.pass(54 * 60);
    assert.equal(farm.connections, 1);
    await farm.pass(2 * 60);

    assert.equal(farm.connections, 2);
  });

  test('is read with other credentials as soon as they are not accepted', async () => {
    const farm = new ScriptedFarm();
    farm.mailboxErrors.push(new MailboxDeniedError('the security token has expired'));

    await farm.startIdle();
    await farm.until(() => farm.connections === 2);
    farm.send({ kind: 'assign', token: 'token-5' });
    await farm.clock.settle();

    assert.equal(farm.called('nodeClaim').length, 2);
  });

  test('that cannot be read is tried again, the third time with other credentials', async () => {
    const farm = new ScriptedFarm();
    farm.mailboxErrors.push(...Array.from({ length: 5 }, () => new Error('connection refused')));

    await farm.startIdle();
    await farm.until(() => farm.said.includes('the mailbox answers again'));

    assert.equal(farm.connections, 2);
    assert.equal(farm.said.filter((line) => line.startsWith('the mailbox cannot be read')).length, 1);
  });

  test('that is never there leaves a node that works by its heartbeats', async () => {
    const farm = new ScriptedFarm();
    farm.answer('nodeMailboxCredentials', ...Array.from({ length: 500 }, unreachable));
    await farm.startIdle();
    farm.answer('nodeHeartbeat', { desired: farm.desired, hasWork: true });
    farm.answer('nodeClaim', { work: anOrder(), desired: farm.desired });

    const run = await farm.nextRun();

    assert.equal(run.order.assignment.token, 'token-1');
    assert.equal(farm.connections, 0);
  });

  for (const code of ['try-again', 'internal', 'forbidden'] as const) {
    test(`is asked for again when its credentials are answered ${code}`, async () => {
      const farm = new ScriptedFarm();
      farm.answer('nodeMailboxCredentials', refusal(code));

      await farm.startIdle();
      await farm.until(() => farm.connections === 1);

      assert.equal(farm.called('nodeRegister').length, 1);
    });
  }

  for (const code of ['session-replaced', 'unauthenticated', 'not-found'] as const) {
    test(`tells by ${code} that the session is lost`, async () => {
      const farm = new ScriptedFarm();
      farm.answer('nodeMailboxCredentials', refusal(code));

      farm.start();
      await farm.until(() => farm.called('nodeRegister').length === 2);
      await farm.until(() => farm.connections === 1);

      assert.equal(farm.called('nodeMailboxCredentials')[1]?.input.session, 's2');
    });
  }
});
