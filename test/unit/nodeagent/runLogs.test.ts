import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { FileRunLogs } from '../../../nodeagent/src/runLogs.ts';
import { aFolder, aSmallDisk } from '../../support/folders.ts';
import { anOrder } from './orders.ts';
import { until } from './realRunner.ts';

const { assignment: attempt } = anOrder({ token: 'a/b*c:d' });
const failOnWord = (line: string): void => assert.fail(line);

/** A storage that answers each PUT with the status and remembers it. */
async function aStorage(test: TestContext, status = 200) {
  const received: { contentType: string | undefined; text: string }[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    received.push({ contentType: request.headers['content-type'], text: Buffer.concat(parts).toString() });
    response.writeHead(status).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { received, link: { url: `http://127.0.0.1:${port}/log`, maximumBytes: 1_000_000 } };
}

suite('logs of runs', { timeout: 60_000 }, () => {
  test('are on disk while the render runs', async (t) => {
    const folder = aFolder(t);
    const log = new FileRunLogs(folder, failOnWord).open(attempt);

    log.write('first line');

    await until(() => readdirSync(folder).some((name) => statSync(join(folder, name)).size === 11));
    const [name = ''] = readdirSync(folder);
    assert.equal(readFileSync(join(folder, name), 'utf8'), 'first line\n');
    await log.close();
  });

  test('are uploaded as text and then removed', async (t) => {
    const folder = aFolder(t);
    const { received, link } = await aStorage(t);
    const logs = new FileRunLogs(folder, failOnWord);
    const log = logs.open(attempt);
    log.write('grün');
    await log.close();

    await logs.upload(attempt, link);
    await logs.discard(attempt);

    assert.deepEqual(received, [{ contentType: 'text/plain; charset=utf-8', text: 'grün\n' }]);
    assert.deepEqual(readdirSync(folder), []);
  });

  test('are cut in the middle when the storage takes less', async (t) => {
    const { received, link } = await aStorage(t);
    const logs = new FileRunLogs(aFolder(t), failOnWord);
    const log = logs.open(attempt);
    log.write('begin');
    for (let line = 0; line < 1_000; line += 1) log.write('äöü');
    log.write('end');
    await log.close();

    await logs.upload(attempt, { ...link, maximumBytes: 1_001 });

    const text = received[0]?.text ?? '';
    assert.ok(Buffer.byteLength(text) <= 1_001);
    assert.match(text, /^begin\n[\s\S]*\[rollcall\] 6\d\d\d bytes and more cut here\n[\s\S]*\nend\n$/);
  });

  test('stay when the storage refuses them', async (t) => {
    const folder = aFolder(t);
    const { link } = await aStorage(t, 503);
    const logs = new FileRunLogs(folder, failOnWord);
    await logs.open(attempt).close();

    await assert.rejects(logs.upload(attempt, link), /answered with 503/);

    assert.equal(readdirSync(folder).length, 1);
  });

  test('that an earlier agent left are found, also one that it was writing when it was killed', async (t) => {
    const folder = aFolder(t);
    const killed = anOrder({ token: 'killed' }).assignment;
    const earlier = new FileRunLogs(folder, failOnWord);
    await earlier.open(attempt).close();
    const running = earlier.open(killed);
    running.write('as far as it came');
    writeFileSync(join(folder, 'notes.log'), 'not ours');
    await until(() =>
      readdirSync(folder).some((name) => name.endsWith('.running') && statSync(join(folder, name)).size > 0),
    );

    const { received, link } = await aStorage(t);
    const logs = new FileRunLogs(folder, failOnWord);
    await logs.upload(killed, link);

    assert.deepEqual(new Set(logs.leftovers().map(({ token }) => token)), new Set(['a/b*c:d', 'killed']));
    assert.equal(received[0]?.text, 'as far as it came\n');
  });

  test('that are not wanted stay for people, fifty at most', async (t) => {
    const folder = aFolder(t);
    const logs = new FileRunLogs(folder, failOnWord);

    for (let number = 1; number <= 55; number += 1) {
      const { assignment } = anOrder({ token: `token-${number}` });
      await logs.open(assignment).close();
      await logs.keep(assignment);
    }

    assert.equal(readdirSync(folder).filter((name) => name.endsWith('.kept')).length, 50);
  });

  test('wait in memory when the disk is full', async (t) => {
    const disk = aSmallDisk(t);
    if (disk === undefined) return t.skip('needs the right to mount a file system');
    const said: string[] = [];
    const { received, link } = await aStorage(t);
    const logs = new FileRunLogs(join(disk.folder, 'logs'), (line) => said.push(line));
    disk.fill();
    const log = logs.open(attempt);
    log.write('x'.repeat(10_000));
    log.write('last');
    await log.close();

    await logs.upload(attempt, link);

    assert.match(said[0] ?? '', /could not be written, it waits in memory/);
    assert.equal(received[0]?.text, `${'x'.repeat(10_000)}\nlast\n`);
    assert.deepEqual(readdirSync(join(disk.folder, 'logs')), []);
  });
});
