import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import { sqsMailbox } from '../../../nodeagent/src/mailbox.ts';
import { MailboxDeniedError } from '../../../nodeagent/src/ports.ts';
import { ScriptedServer } from './scriptedServer.ts';

const { signal } = new AbortController();

async function aMailbox(test: TestContext) {
  const server = await ScriptedServer.start(test);
  const connection = sqsMailbox.connect(server.credentials);
  test.after(() => connection.close());
  return { server, connection };
}

suite('a mailbox connection', { timeout: 20_000 }, () => {
  test('hands out messages and deletes them, also those that it cannot read', async (t) => {
    const { server, connection } = await aMailbox(t);
    const mail = [
      '{"kind":"assign","token":"A"}',
      '{"kind":"converge","commandNo":3}',
      'null',
      '{',
      '{"kind":7}',
    ];
    server.mail.push(...mail);

    const messages = await connection.receive(signal);

    assert.deepEqual(messages, [{ kind: 'assign', token: 'A' }, { kind: 'converge' }]);
    assert.deepEqual(
      server.deleted,
      mail.map((body) => `r-${body}`),
    );
  });

  test('hands out nothing when nothing came', async (t) => {
    const { connection } = await aMailbox(t);

    assert.deepEqual(await connection.receive(signal), []);
  });

  for (const [status, type] of [
    [403, 'AccessDeniedException'],
    [403, 'InvalidClientTokenId'],
    [400, 'ExpiredTokenException'],
    [400, 'InvalidSignatureException'],
  ] as const) {
    test(`answered ${status} ${type}, asks for other credentials`, async (t) => {
      const { server, connection } = await aMailbox(t);
      server.queueError = { status, type };

      await assert.rejects(connection.receive(signal), MailboxDeniedError);
    });
  }

  for (const [status, type] of [
    [400, 'QueueDoesNotExist'],
    [500, 'InternalError'],
  ] as const) {
    test(`answered ${status} ${type}, is only unreachable`, async (t) => {
      const { server, connection } = await aMailbox(t);
      server.queueError = { status, type };

      await assert.rejects(connection.receive(signal), (error) => !(error instanceof MailboxDeniedError));
    });
  }

  test('gives up waiting when it is told to', async (t) => {
    const { connection } = await aMailbox(t);
    const stop = new AbortController();

    const waiting = connection.receive(stop.signal);
    stop.abort();

    await assert.rejects(waiting);
  });
});
