/** The agent as a process of its own: what makes it leave besides signals. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { aFolder } from '../../support/folders.ts';
import { aDesiredState, scriptOrder } from './orders.ts';
import { startAgent } from './realAgent.ts';
import { until } from './realRunner.ts';
import { ScriptedServer } from './scriptedServer.ts';

const desired = aDesiredState();

/** A render that says by a file that it runs, and ends when another file is there. */
const waitingRender = (folder: string): string => `
  const { existsSync, writeFileSync } = require('node:fs');
  writeFileSync(${JSON.stringify(join(folder, 'begun'))}, '');
  setInterval(() => existsSync(${JSON.stringify(join(folder, 'end'))}) && process.exit(0), 20);`;

/** Instance metadata of EC2, version 2. */
async function someMetadata(test: TestContext) {
  const metadata = {
    url: '',
    notice: undefined as object | undefined,
    token: 'T1',
    tokens: 0,
    asked: 0,
    refused: 0,
  };
  const server = createServer((request, response) => {
    const isToken = request.method === 'PUT' && request.url === '/latest/api/token';
    if (isToken && request.headers['x-aws-ec2-metadata-token-ttl-seconds'] === '21600') {
      metadata.tokens += 1;
      return response.end(metadata.token);
    }
    if (request.headers['x-aws-ec2-metadata-token'] !== metadata.token) {
      metadata.refused += 1;
      return response.writeHead(401).end();
    }
    metadata.asked += 1;
    if (request.url !== '/latest/meta-data/spot/instance-action' || metadata.notice === undefined) {
      return response.writeHead(404).end();
    }
    return response.end(JSON.stringify(metadata.notice));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => {
    server.close();
    server.closeAllConnections();
  });
  metadata.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return metadata;
}

const noticeIn = (seconds: number) => ({
  action: 'terminate',
  time: new Date(Date.now() + seconds * 1_000).toISOString(),
});

suite('an agent', { timeout: 60_000, concurrency: 4 }, () => {
  test('without work for the minutes that it was given leaves and exits with 0', async (t) => {
    const server = await ScriptedServer.start(t);

    const agent = startAgent(t, server.url, ['--idle-exit', '0.01', '--instances', '2']);

    assert.equal(await agent.ended(), 0);
    assert.equal(server.called('nodeLeave').length, 2);
    assert.match(agent.log(), /had no work for 0\.01 minutes/);
  });

  test('leaves after its job, as it was told', async (t) => {
    const server = await ScriptedServer.start(t);
    server.answer('nodeClaim', { work: scriptOrder('', { jobId: 7 }), desired });
    server.answer('nodeReport', { work: scriptOrder('', { jobId: 8, token: 'B' }), desired });

    const agent = startAgent(t, server.url, ['--exit-after-job']);

    assert.equal(await agent.ended(), 0);
    assert.equal(server.called('nodeReport').length, 1);
    assert.equal(server.called('nodeLeave').length, 1);
  });

  test('on a spot instance that stays works on, also when its token expires', async (t) => {
    const server = await ScriptedServer.start(t);
    const metadata = await someMetadata(t);
    const agent = startAgent(t, server.url, ['--spot', metadata.url]);
    await until(() => metadata.asked === 1);

    metadata.token = 'T2';
    await until(() => metadata.asked === 2);
    metadata.notice = noticeIn(120);

    assert.equal(await agent.ended(), 0);
    assert.equal(metadata.tokens, 2);
    assert.doesNotMatch(agent.log(), /cannot be read/);
  });

  test('works on where no instance metadata answers, and says so once', async (t) => {
    const server = await ScriptedServer.start(t);
    const metadata = await someMetadata(t);
    const agent = startAgent(t, server.url, ['--spot', `${metadata.url}/elsewhere/`]);
    await until(() => metadata.refused === 2);

    assert.equal(
      agent.log().match(/spot notices cannot be read from .*: no token, answered with 401/g)?.length,
      1,
    );
    assert.equal(agent.process.exitCode, null);
  });

  test('on a spot instance that is taken away in two minutes finishes its chunk, takes no other and leaves', async (t) => {
    const server = await ScriptedServer.start(t);
    const metadata = await someMetadata(t);
    const folder = aFolder(t);
    server.answer('nodeClaim', { work: scriptOrder(waitingRender(folder)), desired });
    const agent = startAgent(t, server.url, ['--spot', metadata.url]);
    await until(() => existsSync(join(folder, 'begun')));
    metadata.notice = noticeIn(120);
    await until(() => agent.log().includes('leaves after this chunk'));

    writeFileSync(join(folder, 'end'), '');

    assert.equal(await agent.ended(), 0);
    assert.deepEqual(
      server.called('nodeReport').map(({ input }) => [input.outcome, input.wantsNext]),
      [['completed', false]],
    );
  });

  test('on a spot instance that is taken away in a moment interrupts its chunk and leaves', async (t) => {
    const server = await ScriptedServer.start(t);
    const metadata = await someMetadata(t);
    const folder = aFolder(t);
    server.answer('nodeClaim', { work: scriptOrder(waitingRender(folder)), desired });
    const agent = startAgent(t, server.url, ['--spot', metadata.url]);
    await until(() => existsSync(join(folder, 'begun')));

    metadata.notice = noticeIn(20);

    assert.equal(await agent.ended(), 0);
    assert.deepEqual(
      server.called('nodeReport').map(({ input }) => [input.outcome, input.wantsNext]),
      [['interrupted', false]],
    );
    assert.equal(server.called('nodeLeave').length, 1);
  });

  test('told to reboot leaves with all its nodes, then runs what is configured, without a shell', async (t) => {
    const server = await ScriptedServer.start(t);
    const file = join(aFolder(t), 'reboot $HOME');
    server.desired = aDesiredState({ commandNo: 1 });
    server.commands = [{ commandId: 'c1', command: { kind: 'system-event', event: 'reboot' } }];
    const script =
      'require("node:fs").writeFileSync(process.argv[1], process.env.ROLLCALL_JOIN_TOKEN ?? "none")';

    const command = JSON.stringify([process.execPath, '--eval', script, file]);
    const agent = startAgent(t, server.url, ['--instances', '2', '--on-reboot', command]);

    assert.equal(await agent.ended(), 0);
    assert.equal(readFileSync(file, 'utf8'), 'none');
    assert.equal(server.called('nodeLeave').length, 2);
  });

  test('whose configured command fails says so and exits with 7, to be started again', async (t) => {
    const server = await ScriptedServer.start(t);
    server.desired = aDesiredState({ commandNo: 1 });
    server.commands = [{ commandId: 'c1', command: { kind: 'system-event', event: 'shutdown' } }];

    const agent = startAgent(t, server.url, ['--on-shutdown', 'no-such-program now']);

    assert.equal(await agent.ended(), 7);
    assert.match(
      agent.log(),
      /shutdown: the command no-such-program now failed: spawn no-such-program ENOENT/,
    );
  });

  test('that is killed while it runs Python code answers so when it comes back, and runs it no second time', async (t) => {
    const server = await ScriptedServer.start(t);
    const file = join(aFolder(t), 'runs');
    server.desired = aDesiredState({ commandNo: 1 });
    const code = `import time\nopen(${JSON.stringify(file)}, 'a').write('run ')\ntime.sleep(600)`;
    server.commands = [{ commandId: 'c1', command: { kind: 'run-python', code, timeLimitSeconds: 600 } }];
    const killed = startAgent(t, server.url, ['--allow-python']);
    await until(() => existsSync(file) && readFileSync(file, 'utf8') === 'run ');
    killed.process.kill('SIGKILL');
    await killed.ended();

    startAgent(t, server.url, ['--allow-python'], killed.data);
    await until(() => server.called('nodeAnswerCommand').length === 1);

    const [answer] = server.called('nodeAnswerCommand');
    assert.deepEqual(
      [answer?.input.commandId, answer?.input.ok, answer?.input.output],
      ['c1', false, 'the agent was restarted while it ran'],
    );
    assert.equal(readFileSync(file, 'utf8'), 'run ');
  });
});
