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

  test('go with the picture of their attempt, if there is one and the dispatcher gave a link for it', async (t) => {
    const folder = aFolder(t);
    const { received, link } = await aStorage(t);
    const logs = new FileRunLogs(folder, failOnWord);
    const log = logs.open(attempt);
    log.write('rendered');
    const before = logs.hasThumbnail(attempt);
    const problem = await logs.addThumbnail(attempt, Buffer.from('picture'));
    await log.close();
    const after = logs.hasThumbnail(attempt);

    await logs.upload(attempt, link);
    await logs.upload(attempt, { ...link, thumbnail: link });
    await logs.discard(attempt);

    assert.deepEqual([before, problem, after], [false, undefined, true]);
    assert.deepEqual(received, [
      { contentType: 'text/plain; charset=utf-8', text: 'rendered\n' },
      { contentType: 'text/plain; charset=utf-8', text: 'rendered\n' },
      { contentType: 'image/jpeg', text: 'picture' },
    ]);
    assert.deepEqual(readdirSync(folder), []);
  });

  test('that are not wanted, or too many, leave no picture behind', async (t) => {
    const folder = aFolder(t);
    const logs = new FileRunLogs(folder, failOnWord);

    for (let number = 1; number <= 52; number += 1) {
      const { assignment } = anOrder({ token: `token-${number}` });
      await logs.addThumbnail(assignment, Buffer.from('picture'));
      await logs.open(assignment).close();
      if (number === 1) await logs.keep(assignment);
    }
    new FileRunLogs(folder, failOnWord);

    const names = readdirSync(folder);
    const count = (ending: string): number => names.filter((name) => name.endsWith(ending)).length;
    assert.deepEqual([count('.kept'), count('.log'), count('.jpg')], [1, 50, 50]);
  });

  test('say why a picture cannot be kept on a full disk', async (t) => {
    const disk = aSmallDisk(t);
    if (disk === undefined) return t.skip('no small disk can be made here');
    const logs = new FileRunLogs(disk.folder, failOnWord);

    const problem = await logs.addThumbnail(attempt, Buffer.alloc(4_000_000));

    assert.match(String(problem), /ENOSPC/);
    assert.equal(logs.hasThumbnail(attempt), false);
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
