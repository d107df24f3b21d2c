import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { aJob } from '../support/aJob.ts';
import { aFolder } from '../support/folders.ts';
import { startFarm, type TestFarm } from '../support/startFarm.ts';
import { aLoggedInRollcall } from './rollcall.ts';

/** A job of five chunks: two completed, one failed by hand, one runs, one waits. */
async function aMixedJob(farm: TestFarm): Promise<number> {
  const { id } = await farm.admin.jobSubmit({ job: aJob(5) });
  const node = await farm.addNode('alpha');
  await node.claim();
  farm.clock.advance(72_000);
  await node.report();
  await node.report();
  await farm.admin.chunkSetStatus({ jobId: id, chunkId: 4, status: 'failed' });
  return id;
}

describe('rollcall chunks', () => {
  it('shows chunks with their frames and nodes', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const id = await aMixedJob(farm);

    const { code, lines } = await rollcall.run(['chunks', String(id)], { env: { COLUMNS: '80' } });

    assert.equal(code, 0);
    assert.match(lines[0] ?? '', /^CHUNK {2}STATUS {5}FRAMES {2}NODE/);
    assert.match(lines[1] ?? '', /^ {4}1 {2}completed {7}1 {2}alpha +1 min 12 s$/);
    assert.match(lines[3] ?? '', /^ {4}3 {2}running {9}3 {2}alpha/);
    assert.match(lines[4] ?? '', /^ {4}4 {2}failed {10}4/);
    assert.match(lines[5] ?? '', /^ {4}5 {2}queued {10}5/);
  });

  it('draws them as a map', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const id = await aMixedJob(farm);

    const { lines } = await rollcall.run(['chunks', String(id), '--map']);

    assert.deepEqual(lines, ['1 ██▶✗·', '', '· 1 queued   ▶ 1 running   █ 2 completed   ✗ 1 failed']);
  });

  it('filters and pages', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const id = await aMixedJob(farm);

    const failed = await rollcall.run(['chunks', String(id), '--status', 'failed', '--quiet']);
    const some = await rollcall.run(['chunks', String(id), '--from', '2', '--limit', '2']);
    const json = (await rollcall.json(['chunks', String(id)])) as { chunks: unknown[]; isComplete: boolean };

    assert.equal(failed.stdout, '4\n');
    assert.equal(some.lines.length, 3);
    assert.equal(some.stderr, 'There are more; --from 4 goes on, --limit shows more.\n');
    assert.deepEqual([json.chunks.length, json.isComplete], [5, true]);
    assert.deepEqual(json.chunks, (await farm.admin.chunkGetList({ jobId: id })).chunks);
  });
});

describe('rollcall requeue', () => {
  it('renders ranges of chunks again', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const id = await aMixedJob(farm);

    const { code, stdout } = await rollcall.run(['requeue', String(id), '1-2,4']);
    const { chunks } = await farm.admin.chunkGetList({ jobId: id });

    assert.deepEqual([code, stdout], [0, `Put 3 chunks of job ${id} into the queue again.\n`]);
    assert.deepEqual(
      chunks.map(({ status }) => status),
      ['queued', 'queued', 'running', 'queued', 'queued'],
    );
  });

  it('renders what failed again', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const id = await aMixedJob(farm);

    const first = await rollcall.json(['requeue', String(id), '--failed']);
    const second = await rollcall.run(['requeue', String(id), '--failed']);

    assert.deepEqual(first, { done: [4], failed: [] });
    assert.deepEqual([second.code, second.stdout], [0, '']);
    assert.equal(second.stderr, `No chunk of job ${id} has failed.\n`);
  });

  it('touches nothing when a range goes beyond the job, or none is given', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const id = await aMixedJob(farm);

    const beyond = await rollcall.run(['requeue', String(id), '1-6']);
    const none = await rollcall.run(['requeue', String(id)]);
    const both = await rollcall.run(['requeue', String(id), '1', '--failed']);
    const { chunk } = await farm.admin.chunkGet({ jobId: id, chunkId: 1 });

    assert.deepEqual([beyond.code, none.code, both.code], [3, 2, 2]);
    assert.equal(beyond.stderr, `rollcall: There is no chunk 6: job ${id} has 5.\n`);
    assert.equal(chunk.status, 'completed');
  });
});

describe('rollcall chunk', () => {
  it('shows one chunk and how it ended', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { maximumChunksRequeue: 0 }) });
    const node = await farm.addNode('alpha');
    await node.claim();
    farm.clock.advance(5_000);
    await node.report({ outcome: 'failed', exitCode: 3, message: 'no licence' });

    const { code, lines } = await rollcall.run(['chunk', String(id), '1']);
    const none = await rollcall.run(['chunk', String(id), '2']);

    assert.equal(code, 0);
    assert.equal(lines[0], `job ${id}  chunk 1  failed`);
    assert.deepEqual(
      lines.slice(2).map((line) => line.split(/ {2,}/)),
      [
        ['Frames', '1'],
        ['Node', 'alpha'],
        ['Attempt', '1'],
        ['Failed before', '1'],
        ['Started', '2026-01-01 00:00:00'],
        ['Ended', '2026-01-01 00:00:05'],
        ['Took', '5 s'],
        ['Exit code', '3'],
        ['Message', 'no licence'],
      ],
    );
    assert.equal(none.code, 3);
  });
});

describe('rollcall logs', () => {
  it('prints what a render process printed, of any attempt', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');
    for (const text of ['first try\n', 'second \u{1B}[31mtry\u{1B}[0m\n']) {
      const attempt = (await node.claim())?.assignment;
      assert.ok(attempt);
      const { url } = await node.client.nodeUploadLog({ session: node.session, attempt });
      await fetch(url, {
        method: 'PUT',
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: text,
      });
      await node.report({ outcome: 'failed', exitCode: 1, wantsNext: false });
    }

    const last = await rollcall.run(['logs', String(id), '1']);
    const first = await rollcall.json(['logs', String(id), '1', '--attempt', '1']);
    const none = await rollcall.run(['logs', String(id), '1', '--attempt', '7']);

    assert.deepEqual([last.code, last.stdout], [0, 'second \u{1B}[31mtry\u{1B}[0m\n']);
    assert.deepEqual(first, { attempt: 1, text: 'first try\n' });
    assert.equal(none.code, 3);
  });
});

describe('rollcall chunks thumbnail', () => {
  it('writes the picture of an attempt, and replaces no file', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');
    const attempt = (await node.claim())?.assignment;
    assert.ok(attempt);
    const { thumbnail } = await node.client.nodeUploadLog({
      session: node.session,
      attempt,
      hasThumbnail: true,
    });
    const headers = { 'content-type': 'image/jpeg' };
    await fetch(String(thumbnail?.url), { method: 'PUT', headers, body: 'a picture' });
    const file = join(aFolder(t), 'frame.jpg');
    const words = ['chunks', 'thumbnail', String(id), '1'];

    const written = await rollcall.run([...words, '-o', file]);
    const again = await rollcall.run([...words, '-o', file]);
    const piped = await rollcall.run(words);
    const asJson = await rollcall.run([...words, '--json']);
    const none = await rollcall.run([...words, '--attempt', '7', '-o', `${file}.none`]);

    assert.deepEqual(
      [written.code, written.stdout],
      [0, `Wrote the last frame of chunk 1, attempt 1, to ${file}.\n`],
    );
    assert.equal(readFileSync(file, 'utf8'), 'a picture');
    assert.notEqual(again.code, 0);
    assert.deepEqual([piped.code, piped.stdout], [0, 'a picture']);
    assert.equal(asJson.code, 2);
    assert.deepEqual([none.code, existsSync(`${file}.none`)], [3, false]);
  });
});

describe('rollcall history', () => {
  it('shows every attempt that has ended', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    const node = await farm.addNode('alpha');
    await node.claim();
    farm.clock.advance(5_000);
    await node.report({ outcome: 'failed', exitCode: 3, message: 'no licence' });
    farm.clock.advance(5_000);
    await node.report({ wantsNext: false });
    await farm.drain();

    const all = await rollcall.run(['history', String(id)]);
    const one = (await rollcall.json(['history', String(id), '1'])) as { attempts: { outcome: string }[] };

    assert.match(all.lines[0] ?? '', /^CHUNK {2}TRY {2}OUTCOME/);
    assert.match(all.stdout, /failed +alpha .* 5 s +3 +no licence/);
    assert.equal(all.lines.length, 3);
    assert.ok(one.attempts.some(({ outcome }) => outcome === 'failed'));
  });
});
