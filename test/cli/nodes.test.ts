import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../support/aJob.ts';
import { startFarm } from '../support/startFarm.ts';
import { aLoggedInRollcall } from './rollcall.ts';

describe('rollcall nodes', () => {
  it('shows what each node does', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const alpha = await farm.addNode('alpha', { pools: ['gpu', 'night'] });
    await farm.addNode('beta');
    await alpha.claim();
    await alpha.heartbeat(0.37);

    const { lines } = await rollcall.run(['nodes']);
    const busy = await rollcall.run(['nodes', '--status', 'working', '--quiet']);
    const pool = await rollcall.run(['nodes', '--pool', 'gpu', '--quiet']);
    const one = await rollcall.run(['nodes', 'show', 'alpha']);
    const json = await rollcall.json(['nodes']);

    assert.match(lines[0] ?? '', /^ID {2}NAME {3}STATUS {3}WORKS ON/);
    assert.match(
      lines[1] ?? '',
      new RegExp(`^ 1 {2}alpha {2}working {2}job ${id}, chunk 1 {2}37 % {2}gpu, night {2}10 % `),
    );
    assert.match(lines[2] ?? '', /^ 2 {2}beta {3}idle/);
    assert.deepEqual([busy.stdout, pool.stdout], ['1\n', '1\n']);
    assert.match(one.stdout, /^1 {2}alpha {2}working\n\nWorks on +job 1, chunk 1\n/);
    assert.deepEqual(json, { nodes: (await farm.admin.nodeGetList({})).nodes, isComplete: true });
  });

  it('are paused and resumed by id or name', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    for (const name of ['alpha', 'beta']) await farm.addNode(name);
    const paused = async () => (await farm.admin.nodeGetList({})).nodes.map((node) => node.paused);

    const pausing = await rollcall.run(['nodes', 'pause', 'alpha', '2', 'gamma']);
    const before = await paused();
    const resuming = await rollcall.run(['nodes', 'resume', '1']);

    assert.deepEqual([pausing.code, pausing.stdout], [3, 'Paused nodes alpha, 2.\n']);
    assert.match(pausing.stderr, /^rollcall: There is no node .*gamma.*\n$/);
    assert.deepEqual(before, [true, true]);
    assert.equal(resuming.stdout, 'Resumed node 1.\n');
    assert.deepEqual(await paused(), [false, true]);
  });

  it('are stopped one by one or all that work on a job', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(9) });
    for (const name of ['alpha', 'beta', 'gamma']) await (await farm.addNode(name)).claim();

    const killed = await rollcall.run(['nodes', 'kill', 'alpha', '--pause']);
    const idle = await rollcall.run(['nodes', 'kill', 'alpha']);
    const restarted = await rollcall.json(['nodes', 'kill', '--job', String(id), '--restart']);
    const both = await rollcall.run(['nodes', 'kill', 'beta', '--pause', '--restart']);
    const none = await rollcall.run(['nodes', 'kill']);
    const { node } = await farm.admin.nodeGet({ id: 1 });
    const { chunk } = await farm.admin.chunkGet({ jobId: id, chunkId: 2 });

    assert.deepEqual([killed.code, killed.stdout], [0, 'Stopped and paused node alpha.\n']);
    assert.equal(idle.code, 6);
    assert.deepEqual([node.paused, node.jobId], [true, null]);
    assert.deepEqual(restarted, { nodeIds: [2, 3] });
    assert.equal(chunk.attempt, 2);
    assert.deepEqual([both.code, none.code], [2, 2]);
  });

  it('have notes', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    await farm.addNode('alpha');

    const set = await rollcall.run(['nodes', 'notes', 'alpha', 'fan is \u{1B}[5mloud\nask Bob']);
    const shown = await rollcall.run(['nodes', 'notes', 'alpha']);

    assert.equal(set.stdout, 'Set the notes of node alpha.\n');
    assert.equal(shown.stdout, 'fan is ␛[5mloud\nask Bob\n');
    assert.deepEqual(await rollcall.json(['nodes', 'notes', '1']), {
      id: 1,
      notes: 'fan is \u{1B}[5mloud\nask Bob',
    });
  });

  it('are readmitted after failures', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { maximumChunksRequeue: 10 }) });
    const node = await farm.addNode('alpha');
    for (let work = await node.claim(); work !== null; ) {
      work = await node.report({ outcome: 'failed', exitCode: 1 });
    }

    const shown = await rollcall.run(['nodes', 'show', 'alpha']);
    const readmitted = await rollcall.run(['nodes', 'readmit', 'alpha', '--job', String(id)]);
    const forWhat = await rollcall.run(['nodes', 'readmit', 'alpha']);

    assert.match(shown.stdout, /Kept from +job 1 since 2026-01-01 00:00:00: /);
    assert.equal(readmitted.stdout, 'Readmitted node alpha.\n');
    assert.deepEqual((await farm.admin.nodeGet({ id: node.id })).node.excludedJobs, []);
    assert.equal(forWhat.code, 2);
  });

  it('are removed when they are offline', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const node = await farm.addNode('alpha');

    const online = await rollcall.run(['nodes', 'remove', 'alpha', '--yes']);
    await node.leave();
    const unasked = await rollcall.run(['nodes', 'remove', 'alpha']);
    const offline = await rollcall.run(['nodes', 'remove', 'alpha', '--yes']);

    assert.equal(online.code, 6);
    assert.deepEqual([unasked.code, unasked.stdout], [2, '']);
    assert.match(unasked.stderr, /^rollcall: nothing was removed: .*--yes.*\n$/);
    assert.deepEqual([offline.code, offline.stdout], [0, 'Removed node alpha.\n']);
    assert.deepEqual((await farm.admin.nodeGetList({})).nodes, []);
  });
});

describe('rollcall engine', () => {
  it('is shown, stopped and started; doing it twice does it once', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const answers = [];

    for (const change of [[], ['stop'], ['stop'], ['start']]) {
      answers.push(await rollcall.json(['engine', ...change]));
    }
    const { stdout } = await rollcall.run(['engine']);

    assert.deepEqual(
      answers,
      [true, false, false, true].map((running) => ({ running })),
    );
    assert.equal(stdout, 'The engine is running.\n');
    assert.equal((await rollcall.run(['engine', 'restart'])).code, 2);
  });
});
