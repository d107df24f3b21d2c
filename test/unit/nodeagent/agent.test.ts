/** The agent as a process of its own: command line, signals, data folder. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { aFolder, aSmallDisk } from '../../support/folders.ts';
import { aDesiredState, anOrder, scriptOrder } from './orders.ts';
import { joinToken, startAgent } from './realAgent.ts';
import { isAlive, until } from './realRunner.ts';
import { ScriptedServer } from './scriptedServer.ts';

const desired = aDesiredState();

/** A render that writes its process number to a file, ignores SIGTERM, and stays. */
const stubborn = (file: string): string => `
  process.on('SIGTERM', () => {});
  require('node:fs').writeFileSync(${JSON.stringify(file)} + '.part', String(process.pid));
  require('node:fs').renameSync(${JSON.stringify(file)} + '.part', ${JSON.stringify(file)});
  setInterval(() => {}, 1000);`;

const pidIn = (file: string): number => Number(readFileSync(file, 'utf8'));

suite('the agent', { timeout: 60_000, concurrency: 4 }, () => {
  test('runs a chunk, reports it and uploads its output', async (t) => {
    const server = await ScriptedServer.start(t);
    const order = scriptOrder('console.log("rendered")', { token: 'A' });
    server.answer('nodeClaim', { work: order, desired });

    const agent = startAgent(t, server.url, ['--pools', 'night, day']);
    await until(() => server.uploads.length === 1);

    const [register] = server.called('nodeRegister');
    const [report] = server.called('nodeReport');
    assert.equal(register?.authorization, `Bearer ${joinToken}`);
    assert.deepEqual(register?.input.pools, ['night', 'day']);
    assert.equal(report?.authorization, 'Bearer node token 1');
    assert.deepEqual(report?.input.attempt, order.assignment);
    assert.equal(report?.input.outcome, 'completed');
    assert.match(server.uploads[0] ?? '', /^rendered$/m);
    await until(() => readdirSync(join(agent.data, 'render-1', 'logs')).length === 0);
    assert.deepEqual(readdirSync(join(agent.data, 'render-1', 'outbox')), []);
  });

  test('takes a chunk that is pushed through the mailbox', async (t) => {
    const server = await ScriptedServer.start(t);
    startAgent(t, server.url);
    await until(() => server.called('nodeClaim').length === 1);
    server.answer('nodeClaim', { work: scriptOrder('', { token: 'B' }), desired });

    server.mail.push('{"kind":"assign","token":"B"}');

    await until(() => server.called('nodeReport').length === 1);
  });

  test('told to stop, ends the process tree, reports it interrupted, leaves and exits with 0', async (t) => {
    const server = await ScriptedServer.start(t);
    const file = join(aFolder(t), 'pid');
    server.answer('nodeClaim', { work: scriptOrder(stubborn(file)), desired });
    const agent = startAgent(t, server.url);
    await until(() => existsSync(file));

    agent.process.kill('SIGTERM');
    const code = await agent.ended();

    assert.equal(code, 0);
    assert.ok(!isAlive(pidIn(file)));
    assert.deepEqual(
      server.called('nodeReport').map(({ input }) => [input.outcome, input.wantsNext]),
      [['interrupted', false]],
    );
    assert.equal(server.called('nodeLeave').length, 1);
    assert.equal(server.uploads.length, 1);
  });

  test('told to stop together with its render, reports it interrupted', async (t) => {
    const server = await ScriptedServer.start(t);
    const file = join(aFolder(t), 'pid');
    const order = scriptOrder(stubborn(file).replace("process.on('SIGTERM', () => {});", ''));
    server.answer('nodeClaim', { work: order, desired });
    const agent = startAgent(t, server.url);
    await until(() => existsSync(file));

    process.kill(pidIn(file), 'SIGTERM');
    agent.process.kill('SIGTERM');
    const code = await agent.ended();

    assert.equal(code, 0);
    assert.equal(server.called('nodeReport')[0]?.input.outcome, 'interrupted');
  });

  test('told to stop twice, kills at once', async (t) => {
    const server = await ScriptedServer.start(t);
    const file = join(aFolder(t), 'pid');
    server.answer('nodeClaim', { work: scriptOrder(stubborn(file)), desired });
    const agent = startAgent(t, server.url);
    await until(() => existsSync(file));

    agent.process.kill('SIGINT');
    await until(() => agent.log().includes('a second signal ends at once'));
    agent.process.kill('SIGINT');
    const code = await agent.ended();

    assert.equal(code, 130);
    await until(() => !isAlive(pidIn(file)));
    assert.equal(server.called('nodeLeave').length, 0);
  });

  test('that was killed leaves a render behind, which the next one ends before it registers', async (t) => {
    const server = await ScriptedServer.start(t);
    const file = join(aFolder(t), 'pid');
    server.answer('nodeClaim', { work: scriptOrder(stubborn(file)), desired });
    const killed = startAgent(t, server.url);
    const logs = join(killed.data, 'render-1', 'logs');
    await until(
      () =>
        existsSync(file) &&
        existsSync(logs) &&
        readdirSync(logs).some((name) => statSync(join(logs, name)).size > 0),
    );
    const render = pidIn(file);
    t.after(() => isAlive(render) && process.kill(render, 'SIGKILL'));
    killed.process.kill('SIGKILL');
    await killed.ended();
    assert.ok(isAlive(render));
    const aliveAtRegister = until(() => server.called('nodeRegister').length === 2).then(() =>
      isAlive(render),
    );

    const next = startAgent(t, server.url, [], killed.data);

    assert.equal(await aliveAtRegister, false);
    assert.match(next.log(), /ends a render that an earlier agent left running/);
    const [first, second] = server.called('nodeRegister');
    assert.equal(first?.input.secret, second?.input.secret);
    await until(() => server.uploads.length === 1);
  });

  test('refuses a data folder that another one uses', async (t) => {
    const server = await ScriptedServer.start(t);
    const first = startAgent(t, server.url);
    await until(() => server.called('nodeClaim').length === 1);

    const second = startAgent(t, server.url, [], first.data);
    const code = await second.ended();

    assert.equal(code, 6);
    assert.match(
      second.log(),
      /another rollcall-node uses the data folder .*: stop it, or give this one another/,
    );
    assert.equal(server.called('nodeRegister').length, 1);
  });

  test('runs several nodes, each with an identity of its own', async (t) => {
    const server = await ScriptedServer.start(t);
    const agent = startAgent(t, server.url, ['--instances', '3']);

    await until(() => server.called('nodeClaim').length === 3);
    agent.process.kill('SIGTERM');
    const code = await agent.ended();

    const registered = server.called('nodeRegister').map(({ input }) => input);
    assert.deepEqual(
      new Set(registered.map(({ name }) => name)),
      new Set(['render-1-1', 'render-1-2', 'render-1-3']),
    );
    assert.equal(new Set(registered.map(({ secret }) => secret)).size, 3);
    assert.equal(server.called('nodeLeave').length, 3);
    assert.equal(code, 0);
  });

  for (const [answer, code] of [
    ['node-name-taken', 3],
    ['unauthenticated', 4],
  ] as const) {
    test(`exits with ${code} when it is answered ${answer}`, async (t) => {
      const server = await ScriptedServer.start(t);
      server.answer('nodeRegister', answer);

      const agent = startAgent(t, server.url);

      assert.equal(await agent.ended(), code);
    });
  }

  test('exits with 2 when the address is none', async (t) => {
    const agent = startAgent(t, 'dispatcher.example.com');

    assert.equal(await agent.ended(), 2);
    assert.match(agent.log(), /--url/);
  });

  for (const [what, words, message] of [
    ['a command is not closed', ['--on-reboot', "systemctl 'reboot"], /--on-reboot .* must be closed/],
    ['a command is empty', ['--on-shutdown', ' '], /--on-shutdown .* a program and its arguments/],
    ['the idle time is none', ['--idle-exit', '0'], /--idle-exit .* a number of minutes/],
    ['the address of the metadata is none', ['--spot', 'metadata'], /--spot .* an address/],
    ['a template may take no time', ['--hook-timeout', '0'], /--hook-timeout .* a number of seconds/],
    [
      'there are no such preferences',
      ['--template-preferences', '/none'],
      /-preferences .* cannot be read: ENOENT/,
    ],
    [
      'preferences are none',
      ['--template-preferences', 'package.json'],
      /-preferences .* an object of objects/,
    ],
    ['several nodes have one job', ['--exit-after-job', '--instances', '2'], /leave --instances out/],
  ] as const) {
    test(`exits with 2 when ${what}`, async (t) => {
      const agent = startAgent(t, 'http://127.0.0.1:1', [...words]);

      assert.equal(await agent.ended(), 2);
      assert.match(agent.log(), message);
    });
  }

  test('ends the process tree when the agent itself fails', async (t) => {
    const server = await ScriptedServer.start(t);
    const file = join(aFolder(t), 'pid');
    // No dispatcher answers so; the second node stumbles over it, once the first one renders.
    const broken = until(() => existsSync(file)).then(() => ({ work: {}, desired }));
    server.answer('nodeClaim', { work: scriptOrder(stubborn(file)), desired }, broken);
    const agent = startAgent(t, server.url, ['--instances', '2']);

    const code = await agent.ended();

    assert.equal(code, 70);
    await until(() => !isAlive(pidIn(file)));
    assert.match(agent.log(), /ended by an error of the agent itself/);
  });

  test('says that its disk is full when it cannot even keep its identity, and exits with 6', async (t) => {
    const disk = aSmallDisk(t);
    if (disk === undefined) return t.skip('needs the right to mount a file system');
    const server = await ScriptedServer.start(t);
    const data = join(disk.folder, 'data');
    mkdirSync(data);
    disk.fill();

    const agent = startAgent(t, server.url, [], data);

    assert.equal(await agent.ended(), 6);
    assert.match(agent.log(), /the data folder .* cannot be used: ENOSPC/);
  });

  test('renders and reports on a disk that is full', async (t) => {
    const disk = aSmallDisk(t);
    if (disk === undefined) return t.skip('needs the right to mount a file system');
    const server = await ScriptedServer.start(t);
    const data = join(disk.folder, 'data');
    const before = startAgent(t, server.url, [], data);
    await until(() => server.called('nodeClaim').length === 1);
    before.process.kill('SIGTERM');
    await before.ended();
    disk.fill();
    server.answer('nodeClaim', { work: scriptOrder('console.log("rendered")'), desired });

    startAgent(t, server.url, [], data);
    await until(() => server.uploads.length === 1);

    assert.equal(server.called('nodeReport')[0]?.input.outcome, 'completed');
    assert.match(server.uploads[0] ?? '', /^rendered$/m);
  });

  test('keeps its identity for itself and says no secret', async (t) => {
    const server = await ScriptedServer.start(t);
    server.answer('nodeClaim', { work: anOrder({ program: 'no-such-program' }), desired });
    const agent = startAgent(t, server.url);
    await until(() => server.uploads.length === 1);
    agent.process.kill('SIGTERM');
    await agent.ended();

    const identity = join(agent.data, 'render-1', 'identity.json');
    const { secret } = JSON.parse(readFileSync(identity, 'utf8'));
    assert.equal(statSync(identity).mode & 0o777, 0o600);
    for (const word of [joinToken, secret, 'node token 1', 'very secret key', 'session token']) {
      assert.ok(!agent.log().includes(word), word);
      assert.ok(!server.uploads.join().includes(word), word);
    }
  });
});
