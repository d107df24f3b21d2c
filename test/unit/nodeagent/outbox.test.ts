import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { FileOutbox } from '../../../nodeagent/src/outbox.ts';
import type { Report } from '../../../nodeagent/src/ports.ts';
import { aFolder, aSmallDisk } from '../../support/folders.ts';
import { anOrder } from './orders.ts';
import { until } from './realRunner.ts';

const aReport = (token: string): Report => ({
  attempt: anOrder({ token }).assignment,
  outcome: 'completed',
  exitCode: 0,
  message: '',
});

const tokensIn = (outbox: FileOutbox): string[] => outbox.entries().map(({ report }) => report.attempt.token);

const failOnWord = (line: string): void => assert.fail(line);

suite('the outbox', { timeout: 60_000 }, () => {
  test('hands out reports in the order in which they were added, also to a later agent', async (t) => {
    const folder = aFolder(t);
    const outbox = new FileOutbox(folder, failOnWord);

    for (let index = 1; index <= 12; index += 1) await outbox.add(aReport(`token-${index}`));

    const expected = Array.from({ length: 12 }, (_, index) => `token-${index + 1}`);
    assert.deepEqual(tokensIn(outbox), expected);
    assert.deepEqual(tokensIn(new FileOutbox(folder, failOnWord)), expected);
  });

  test('puts a new report after those that an earlier agent left', async (t) => {
    const folder = aFolder(t);
    await new FileOutbox(folder, failOnWord).add(aReport('old'));

    await new FileOutbox(folder, failOnWord).add(aReport('new'));

    assert.deepEqual(tokensIn(new FileOutbox(folder, failOnWord)), ['old', 'new']);
  });

  test('forgets a report that was delivered', async (t) => {
    const folder = aFolder(t);
    const outbox = new FileOutbox(folder, failOnWord);
    const first = await outbox.add(aReport('first'));
    await outbox.add(aReport('second'));

    await outbox.remove(first);

    assert.deepEqual(tokensIn(outbox), ['second']);
    assert.deepEqual(tokensIn(new FileOutbox(folder, failOnWord)), ['second']);
  });

  test('keeps every report that it said it has, and no half one, when its process is killed', async (t) => {
    const folder = aFolder(t);
    const module = (name: string): string => new URL(`../../../nodeagent/src/${name}`, import.meta.url).href;
    const writer = spawn(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { FileOutbox } from ${JSON.stringify(module('outbox.ts'))};
         const outbox = new FileOutbox(${JSON.stringify(folder)}, console.error);
         const attempt = { jobId: 1, generation: 1, index: 0, total: 1, attempt: 1 };
         for (let i = 1; ; i += 1) {
           await outbox.add({ attempt: { ...attempt, token: 't' + i }, outcome: 'failed', exitCode: 1, message: 'm'.repeat(500) });
           process.stdout.write(i + '\\n');
         }`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    t.after(() => writer.kill('SIGKILL'));
    let said = '';
    writer.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
    await until(() => said.split('\n').length > 50);
    writer.kill('SIGKILL');
    await until(() => writer.exitCode !== null || writer.signalCode !== null);

    const tokens = tokensIn(new FileOutbox(folder, failOnWord));

    const saidCount = said.trim().split('\n').length;
    assert.ok(
      tokens.length >= saidCount && tokens.length <= saidCount + 1,
      `${tokens.length} of ${saidCount}`,
    );
    assert.deepEqual(
      tokens,
      tokens.map((_, index) => `t${index + 1}`),
    );
    assert.deepEqual(
      readdirSync(folder).filter((name) => !name.endsWith('.json')),
      [],
    );
  });

  test('puts a file that cannot be read aside and hands out the others', async (t) => {
    const folder = aFolder(t);
    const said: string[] = [];
    await new FileOutbox(folder, failOnWord).add(aReport('good'));
    writeFileSync(join(folder, '000000000002.json'), '{"attempt":');

    const outbox = new FileOutbox(folder, (line) => said.push(line));

    assert.deepEqual(tokensIn(outbox), ['good']);
    assert.match(said[0] ?? '', /000000000002\.json cannot be read and is put aside/);
    assert.ok(readdirSync(folder).includes('000000000002.json.broken'));
  });

  test('keeps a report in memory when the disk is full', async (t) => {
    const disk = aSmallDisk(t);
    if (disk === undefined) return t.skip('needs the right to mount a file system');
    const said: string[] = [];
    const outbox = new FileOutbox(join(disk.folder, 'outbox'), (line) => said.push(line));
    disk.fill();

    const entry = await outbox.add(aReport('kept'));

    assert.deepEqual(tokensIn(outbox), ['kept']);
    assert.match(said[0] ?? '', /kept in memory: ENOSPC/);
    assert.deepEqual(readdirSync(join(disk.folder, 'outbox')), []);
    await outbox.remove(entry);
    assert.deepEqual(tokensIn(outbox), []);
  });
});
