import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createClient } from '../../client/src/client.ts';
import type { Job } from '../../client/src/generated.ts';
import { aJob } from '../support/aJob.ts';
import { startFarm } from '../support/startFarm.ts';
import { aLoggedInRollcall } from './rollcall.ts';

describe('rollcall submit', () => {
  it('makes a job of its options', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const folder = await farm.admin.jobAddFolder({ parentId: -1, name: 'shots' });
    const parent = await farm.admin.jobSubmit({ job: aJob(1) });

    const { code, stdout } = await rollcall.run([
      ...['submit', '--name', 'sh010', '--template', 'command', '--frames', '1-48x2', '--packet', '4'],
      ...['--priority', '70', '--pool', 'gpu,night', '--exclude-pool', 'slow', '--max', '3', '--paused'],
      ...['--parent', String(folder.id), '--depends', String(parent.id), '--depend-mode', 'ended'],
      ...['--depend-link', 'any', '--start-on', '2026-02-01T08:00:00Z', '--emergency', '--project', 'dusk'],
      ...['--env', 'A=1', '--env', 'B=x=y', '--attr', 'command=/bin/echo', '--attr', 'arguments=-s 1'],
      ...['--chunk-order', 'backward'],
    ]);
    const { job } = await farm.admin.jobGet({ id: parent.id + 1 });

    assert.equal(code, 0);
    assert.equal(stdout, `Submitted job ${job.id}, sh010: 6 chunks.\n`);
    const { startFrame, endFrame, byFrame, packetSize, includedPools, excludedPools, environment } = job;
    assert.deepEqual([startFrame, endFrame, byFrame, packetSize], [1, 48, 2, 4]);
    assert.deepEqual([includedPools, excludedPools], [['gpu', 'night'], ['slow']]);
    assert.deepEqual(environment, { A: '1', B: 'x=y' });
    assert.equal(job.attributes['arguments']?.value, '-s 1');
    assert.deepEqual([job.dependIds, job.dependMode, job.dependLinkMode], [[parent.id], 'ended', 'any']);
    assert.deepEqual([job.priority, job.maximumInstances, job.emergencyQueue], [70, 3, true]);
    assert.deepEqual([job.parentId, job.paused, job.project], [folder.id, true, 'dusk']);
    assert.deepEqual([job.startOn, job.chunksPriority], ['2026-02-01T08:00:00.000Z', 'backward']);
  });

  it('takes a file or standard input, with options on top', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const file = join(rollcall.config, 'job.json');
    writeFileSync(file, JSON.stringify(aJob(3, { environment: { A: '1', B: '2' } })));

    const fromFile = await rollcall.run(['submit', file, '--name', 'other', '--env', 'B=3', '--quiet']);
    const fromInput = await rollcall.run(['submit', '-', '--json'], { input: JSON.stringify(aJob(2)) });
    const { job } = await farm.admin.jobGet({ id: Number(fromFile.stdout) });

    assert.deepEqual([job.name, job.chunkCount, job.environment], ['other', 3, { A: '1', B: '3' }]);
    assert.deepEqual(JSON.parse(fromInput.stdout), { id: job.id + 1, chunkCount: 2 });
  });

  it('submits for another owner, and names a job that has no name after its template', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);

    await rollcall.run(['submit', '--template', '43', '--attr', 'command=/bin/true', '--owner', 'anna']);
    const { job } = await farm.admin.jobGet({ id: 1 });

    assert.deepEqual([job.name, job.owner], ['command', 'anna']);
  });

  it('refuses what makes no job, and says what is missing', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);

    const missing = await rollcall.run(['submit', 'missing.json']);
    const broken = await rollcall.run(['submit', '-'], { input: '{' });
    const list = await rollcall.run(['submit', '-'], { input: '[]' });
    const plain = await rollcall.run(['submit', '--name', 'x']);
    const frames = await rollcall.run(['submit', '--frames', '48-1']);
    const field = await rollcall.run(['submit', '--template', 'tracer']);
    const parent = await rollcall.run(['submit', '-', '--parent', '99'], { input: JSON.stringify(aJob(1)) });

    assert.deepEqual(
      [missing, broken, list, plain, frames, field, parent].map(({ code }) => code),
      [2, 2, 2, 2, 2, 1, 3],
    );
    assert.equal(missing.stderr, 'rollcall: missing.json cannot be read: there is no such file\n');
    assert.match(broken.stderr, /^rollcall: standard input is not JSON: .*\n$/);
    assert.match(plain.stderr, /^rollcall: the job has no template: --template.*\n$/);
    assert.match(frames.stderr, /^rollcall: option '--frames <range>'.*--chunk-order backward.*\n$/);
    assert.match(field.stderr, /^rollcall: .*scene.*\n$/);
    assert.equal((await farm.admin.jobGetList({})).jobs.length, 0);
  });
});

describe('rollcall list', () => {
  it('shows the queue as a tree, in a table that fits', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const shots = await farm.admin.jobAddFolder({ parentId: -1, name: 'shots' });
    await farm.admin.jobSubmit({ job: aJob(2, { name: 'outside' }) });
    await farm.admin.jobSubmit({ job: aJob(3, { name: 'inside', parentId: shots.id, project: 'dusk' }) });
    const node = await farm.addNode('alpha');
    await node.claim();
    await node.report({ wantsNext: false });

    const { code, lines } = await rollcall.run(['list'], { env: { COLUMNS: '80' } });

    assert.equal(code, 0);
    assert.ok(lines.every((line) => line.length <= 80));
    assert.match(lines[0] ?? '', /^ID {2}NAME {7}STATUS/);
    assert.match(lines[1] ?? '', /^ 1 {2}shots\/ +1 job .* 0\/3 /);
    assert.match(lines[2] ?? '', /^ 3 {2}└─ inside {2}queued .* 0\/3 /);
    assert.match(lines[3] ?? '', /^ 2 {2}outside {4}in-progress .* 1\/2 /);
  });

  it('sums up in a folder what lies in it, however deep', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const shots = await farm.admin.jobAddFolder({ parentId: -1, name: 'shots' });
    const scene = await farm.admin.jobAddFolder({ parentId: shots.id, name: 'scene' });
    await farm.admin.jobAddFolder({ parentId: -1, name: 'empty' });
    await farm.admin.jobSubmit({
      job: aJob(3, { parentId: scene.id, priority: 90, maximumChunksRequeue: 0 }),
    });
    await farm.admin.jobSubmit({ job: aJob(5, { parentId: shots.id }) });
    const node = await farm.addNode('alpha');
    await node.claim();
    await node.report({ outcome: 'failed', exitCode: 1 });

    const { lines } = await rollcall.run(['list'], { env: { COLUMNS: '80' } });
    const cells = lines.map((line) => line.split(/ {2,}/).slice(0, 7).join('|'));

    assert.match(cells[1] ?? '', /^ 1\|shots\/\|2 jobs\|1\/8\|1\|1/);
    assert.match(cells[2] ?? '', /^ 2\|├─ scene\/\|1 job\|1\/3\|1\|1/);
    assert.match(lines.at(-1) ?? '', /^ 3 {2}empty\/ +admin/);
  });

  it('filters, and shows what is left in its folders', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const shots = await farm.admin.jobAddFolder({ parentId: -1, name: 'shots' });
    const scene = await farm.admin.jobAddFolder({ parentId: shots.id, name: 'scene' });
    await farm.admin.jobSubmit({ job: aJob(1, { name: 'other' }), owner: 'bob' });
    await farm.admin.jobSubmit({ job: aJob(1, { name: 'deep', parentId: scene.id, project: 'dusk' }) });

    const byProject = await rollcall.run(['list', '--project', 'dusk']);
    const names = async (...filter: string[]): Promise<string[]> =>
      ((await rollcall.json(['list', ...filter])) as { jobs: Job[] }).jobs.map(({ name }) => name);

    assert.deepEqual(
      byProject.lines.slice(1).map((line) => /^ *\d+ {2}(.*?)(?: {2}\w|$)/.exec(line)?.[1]?.trimEnd()),
      ['shots/', '└─ scene/', '   └─ deep'],
    );
    assert.deepEqual(await names('--project', 'dusk'), ['deep']);
    assert.deepEqual(await names('--owner', 'bob'), ['other']);
    assert.deepEqual(await names('--parent', String(scene.id)), ['deep']);
    assert.deepEqual(await names('--parent', 'root'), ['shots', 'other']);
    assert.deepEqual(await names('--status', 'failed'), []);
  });

  it('reads all pages, and of a long queue the newest', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    for (let count = 0; count < 130; count += 1) await farm.admin.jobAddFolder({ parentId: -1, name: 'f' });

    const all = (await rollcall.json(['list'])) as { jobs: Job[]; isComplete: boolean };
    const few = await rollcall.run(['list', '--limit', '2', '--quiet']);
    const noted = await rollcall.run(['list', '--limit', '120']);

    assert.deepEqual([all.jobs.length, all.isComplete], [130, true]);
    assert.deepEqual([few.stdout, few.stderr], ['129\n130\n', '']);
    assert.equal(noted.lines.length, 121);
    assert.equal(noted.stderr, 'These are the newest 120; --limit shows more.\n');
  });

  it('prints no control character of a name', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    await farm.admin.jobSubmit({ job: aJob(1, { name: 'a\u{202E}b', project: '\u{1B}[31mred' }) });

    const outputs = await Promise.all([
      rollcall.run(['list']),
      rollcall.run(['list', '--json']),
      rollcall.run(['show', '1']),
    ]);

    for (const { stdout } of outputs) assert.doesNotMatch(stdout, /(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
  });
});

describe('rollcall show', () => {
  it('tells how far a job is and what was submitted', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const shots = await farm.admin.jobAddFolder({ parentId: -1, name: 'shots' });
    const { id } = await farm.admin.jobSubmit({ job: aJob(3, { name: 'sh010', parentId: shots.id }) });

    const { lines } = await rollcall.run(['show', String(id)]);
    const answer = await rollcall.json(['show', String(id)]);

    assert.equal(lines[0], `${id}  sh010  queued`);
    for (const line of [
      /^Chunks +0 of 3 ended$/,
      /^Submitted +2026-01-01 00:00:00 by admin$/,
      /^Folder +shots$/,
      /^Template +command \(43\)$/,
      /^Frames +1-3, 1 frame a chunk$/,
      /^attr command +\/bin\/true$/,
    ]) {
      assert.ok(
        lines.some((text) => line.test(text)),
        String(line),
      );
    }
    assert.deepEqual(answer, await farm.admin.jobGet({ id }));
  });

  it('says that there is no such job', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);

    const { code, stdout, stderr } = await rollcall.run(['show', '99', '--json']);

    assert.deepEqual([code, stdout, stderr], [3, '', 'rollcall: There is no job 99.\n']);
  });
});

describe('commands that change jobs', () => {
  it('pause, resume and start again', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const state = async () => (await farm.admin.jobGet({ id })).job;

    const paused = await rollcall.run(['pause', String(id)]);
    const whilePaused = await state();
    const resumed = await rollcall.run(['resume', String(id)]);
    const reinitialised = await rollcall.run(['reinit', String(id), '--quiet', '--yes']);
    const after = await state();

    assert.equal(paused.stdout, `Paused job ${id}.\n`);
    assert.equal(whilePaused.paused, true);
    assert.equal(resumed.stdout, `Resumed job ${id}.\n`);
    assert.deepEqual([reinitialised.code, reinitialised.stdout], [0, '']);
    assert.deepEqual([after.paused, after.generation], [false, 2]);
  });

  it('ask before they start again, and do nothing where nobody can be asked', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });

    const { code, stdout, stderr } = await rollcall.run(['reinit', String(id)]);

    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /^rollcall: nothing was started again: .*--yes.*\n$/);
    assert.equal((await farm.admin.jobGet({ id })).job.generation, 1);
  });

  it('count chunks again and send jobs to Consoles again', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    for (let count = 0; count < 2; count += 1) await farm.admin.jobSubmit({ job: aJob(1) });

    const recounted = await rollcall.run(['recount', '1', '2']);
    const sent = await rollcall.run(['resend', '2', '99']);

    assert.deepEqual([recounted.code, recounted.stdout], [0, 'Counted the chunks of jobs 1 and 2 again.\n']);
    assert.deepEqual([sent.code, sent.stdout], [3, 'Sent job 2 to all Consoles again.\n']);
    assert.equal(sent.stderr, 'rollcall: There is no job 99.\n');
  });

  it('go on after a refusal and end with its code', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    for (let count = 0; count < 2; count += 1) await farm.admin.jobSubmit({ job: aJob(1) });

    const text = await rollcall.run(['pause', '99', '1', '2']);
    const json = await rollcall.run(['resume', '1', '99', '--json']);

    assert.equal(text.code, 3);
    assert.equal(text.stdout, 'Paused jobs 1 and 2.\n');
    assert.equal(text.stderr, 'rollcall: There is no job 99.\n');
    assert.equal(json.code, 3);
    assert.deepEqual(JSON.parse(json.stdout), {
      done: [1],
      failed: [{ id: 99, code: 'not-found', message: 'There is no job 99.' }],
    });
  });

  it('edit what is given and leave the rest', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({
      job: aJob(4, { includedPools: ['gpu'], emergencyQueue: true, startOn: '2027-01-01T00:00:00.000Z' }),
    });

    const { code } = await rollcall.run([
      ...['edit', String(id), '--priority', '80', '--pool', '', '--no-emergency', '--start-on', 'now'],
    ]);
    const nothing = await rollcall.run(['edit', String(id)]);
    const { job } = await farm.admin.jobGet({ id });

    assert.equal(code, 0);
    assert.deepEqual(
      [job.priority, job.includedPools, job.emergencyQueue, job.startOn],
      [80, [], false, null],
    );
    assert.deepEqual([job.name, job.endFrame], ['a job', 4]);
    assert.equal(nothing.code, 2);
    assert.match(nothing.stderr, /--priority 80/);
  });

  it('say that an edit comes too late', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(4) });
    await (await farm.addNode('alpha')).claim();

    const { code, stderr } = await rollcall.run(['edit', String(id), '--frames', '1-9']);

    assert.equal(code, 6);
    assert.match(stderr, /^rollcall: .*\n$/);
  });

  it('make folders and move jobs', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });

    const made = await rollcall.run(['folder', 'shots']);
    const inside = await rollcall.run(['folder', 'sh010', '--parent', '2', '--quiet']);
    const moved = await rollcall.run(['move', String(id), '--to', '3']);
    const { job } = await farm.admin.jobGet({ id });
    const back = await rollcall.run(['move', String(id), '--to', 'root']);

    assert.equal(made.stdout, 'Made folder 2, shots.\n');
    assert.equal(inside.stdout, '3\n');
    assert.equal(moved.stdout, `Moved job ${id} to folder 3.\n`);
    assert.equal(job.parentId, 3);
    assert.equal(back.stdout, `Moved job ${id} to the root.\n`);
    assert.equal((await rollcall.run(['folder', 'x', '--parent', '1'])).code, 1);
  });

  it('refuse what belongs to somebody else', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.addUser('anna');
    const { token } = await createClient({ url: farm.url }).login({
      name: 'anna',
      password: 'correct horse battery staple',
    });
    const rollcall = await aLoggedInRollcall(t, farm.url);

    const { code, stderr } = await rollcall.run(['pause', String(id), '--token', token]);

    assert.equal(code, 4);
    assert.match(stderr, /^rollcall: .*anna.*the job belongs to admin\.\n$/);
  });
});

describe('rollcall delete', () => {
  it('deletes nothing without a terminal to ask on', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });

    const { code, stderr } = await rollcall.run(['delete', String(id)], { input: 'y\n' });

    assert.equal(code, 2);
    assert.match(stderr, /^rollcall: nothing was deleted: .*--yes.*\n$/);
    assert.equal((await farm.admin.jobGetList({})).jobs.length, 1);
  });

  it('deletes without asking when told so', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    for (let count = 0; count < 2; count += 1) await farm.admin.jobSubmit({ job: aJob(1) });

    const { code, stdout } = await rollcall.run(['delete', '1', '2', '--yes']);

    assert.deepEqual([code, stdout], [0, 'Deleted jobs 1 and 2.\n']);
    assert.equal((await farm.admin.jobGetList({})).jobs.length, 0);
  });

  it('refuses a folder that is not empty', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobAddFolder({ parentId: -1, name: 'shots' });
    await farm.admin.jobSubmit({ job: aJob(1, { parentId: id }) });

    const { code, stderr } = await rollcall.run(['delete', String(id), '-y']);

    assert.equal(code, 6);
    assert.match(stderr, /not empty/);
  });
});
