import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jobChanges } from '../../cli/src/watching/changes.ts';
import { aJob } from '../support/aJob.ts';
import { startFarm } from '../support/startFarm.ts';
import { aLoggedInRollcall } from './rollcall.ts';

const OFTEN = ['--interval', '0.05'];
/** The time of day in front of a line is that of this machine. */
const withoutTimes = (lines: readonly string[]): string[] =>
  lines.map((line) => line.slice('00:00:00  '.length));

describe('rollcall events', () => {
  it('prints jobs and nodes that come, change and go, one a line', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    await farm.admin.jobSubmit({ job: aJob(1, { name: 'before' }) });

    const watching = rollcall.start(['events']);
    await watching.untilNoted('Ctrl-C');
    const { id } = await farm.admin.jobSubmit({ job: aJob(2, { name: 'sh010', priority: 90 }) });
    await farm.push();
    await watching.until((text) => text.includes('new, of admin'));
    const node = await farm.addNode('alpha');
    await farm.push();
    await watching.until((text) => text.includes('node alpha  new'));
    await node.claim();
    await farm.push();
    await watching.until((text) => text.includes('on 1 node') && text.includes('working'));
    await farm.admin.jobEdit({ id, changes: { priority: 10 } });
    await farm.push();
    await watching.until((text) => text.includes('(priority)'));
    await farm.admin.nodeSetNotes({ id: node.id, notes: 'loud' });
    await farm.push();
    await watching.until((text) => text.includes('(notes)'));
    await farm.admin.jobDelete({ id });
    await farm.drain();
    await farm.push();
    await watching.until((text) => text.includes('sh010  deleted'));
    watching.process.kill('SIGINT');
    const { code, lines } = await watching.ended;

    assert.equal(code, 130);
    assert.ok(lines.every((line) => /^\d\d:\d\d:\d\d {2}(job|node) /.test(line)));
    const said = withoutTimes(lines);
    assert.equal(said[0], `job ${id}  sh010  new, of admin queued 0/2 chunks`);
    assert.ok(said.includes('node alpha  new idle'), said.join('\n'));
    assert.ok(said.includes(`node alpha  idle → working job ${id}, chunk 1`), said.join('\n'));
    assert.ok(said.includes(`job ${id}  sh010  queued → in-progress 0/2 chunks on 1 node`), said.join('\n'));
    assert.ok(!said.some((line) => line.includes('before  new')));
  });

  it('prints JSON one object a line', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const node = await farm.addNode('alpha');

    const watching = rollcall.start(['events', '--json']);
    await watching.untilNoted('Ctrl-C');
    await farm.admin.nodePause({ id: node.id });
    await farm.push();
    await watching.until((text) => text.includes('\n'));
    watching.process.kill('SIGINT');
    const [line = ''] = (await watching.ended).lines;
    const { at, event, node: seen, changed } = JSON.parse(line);

    assert.match(at, /^\d{4}-.*Z$/);
    assert.deepEqual(
      [event, seen.name, seen.paused, changed],
      ['nodes/changed', 'alpha', true, ['status', 'paused']],
    );
  });

  it('prints what has changed while its connection was away', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { name: 'before' }) });

    const watching = rollcall.start(['events']);
    await watching.untilNoted('Ctrl-C');
    for (const connection of await farm.context.connections.listAll()) farm.live.disconnect(connection.id);
    await farm.admin.jobEdit({ id, changes: { priority: 10 } });
    await farm.admin.jobSubmit({ job: aJob(1, { name: 'meanwhile' }) });
    await watching.until((text) => text.includes('meanwhile  new'));
    watching.process.kill('SIGINT');
    const { lines, stderr } = await watching.ended;

    assert.deepEqual(withoutTimes(lines), [
      `job ${id}  before  queued 0/1 chunk (priority)`,
      `job ${id + 1}  meanwhile  new, of admin queued 0/1 chunk`,
    ]);
    assert.equal(stderr, 'Watching for changes; Ctrl-C ends.\n');
  });

  it('reads the list when much has changed at once, and prints each change', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);

    const watching = rollcall.start(['events', ...OFTEN]);
    await watching.untilNoted('Ctrl-C');
    for (let count = 1; count <= 12; count += 1) {
      await farm.admin.jobSubmit({ job: aJob(1, { name: `many ${count}` }) });
    }
    await farm.push();
    await watching.until((text) => text.includes('many 12  new'));
    watching.process.kill('SIGINT');
    const { lines } = await watching.ended;

    assert.deepEqual(
      withoutTimes(lines),
      Array.from(
        { length: 12 },
        (_, index) => `job ${index + 1}  many ${index + 1}  new, of admin queued 0/1 chunk`,
      ),
    );
  });

  it('takes no job for deleted that only fell off the end of a long list', async (t) => {
    const farm = await startFarm(t);
    for (let count = 0; count < 3; count += 1) await farm.admin.jobSubmit({ job: aJob(1) });
    const { jobs } = await farm.admin.jobGetList({ order: 'newest-first' });
    const [newest, second, third] = jobs;
    assert.ok(newest && second && third);

    assert.deepEqual(jobChanges([second, third], [newest, second], false), [
      { event: 'jobs/added', job: newest },
    ]);
    assert.deepEqual(jobChanges([second, third], [newest, third], false), [
      { event: 'jobs/removed', job: second },
      { event: 'jobs/added', job: newest },
    ]);
  });
});

describe('rollcall nodes watch', () => {
  it('prints nodes and each change of them where there is no terminal', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const node = await farm.addNode('alpha', { pools: ['gpu'] });
    await farm.addNode('beta');

    const watching = rollcall.start(['nodes', 'watch', '--pool', 'gpu', '--interval', '3600']);
    await watching.until((text) => text.includes('alpha  new idle'));
    await node.heartbeat();
    await node.leave();
    await farm.push();
    await watching.until((text) => text.includes('offline'));
    watching.process.kill('SIGINT');
    const { lines } = await watching.ended;

    assert.deepEqual(withoutTimes(lines), ['node alpha  new idle', 'node alpha  idle → offline']);
  });

  it('prints a node that comes to be among those that are wanted, and one that is no more', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    await farm.admin.nodePause({ id: beta.id });

    const watching = rollcall.start(['nodes', 'watch', '--status', 'paused', '--interval', '3600']);
    await watching.until((text) => text.includes('beta  new paused'));
    await farm.admin.nodePause({ id: alpha.id });
    await farm.push();
    await watching.until((text) => text.includes('alpha  new paused'));
    await farm.admin.nodeResume({ id: beta.id });
    await farm.push();
    await watching.until((text) => text.includes('beta  removed'));
    watching.process.kill('SIGINT');
    await watching.ended;
  });

  it('says that its connection was ended, and prints what has changed meanwhile', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const node = await farm.addNode('alpha');

    const watching = rollcall.start(['nodes', 'watch', ...OFTEN]);
    await watching.until((text) => text.includes('alpha  new idle'));
    for (const { id } of await farm.context.connections.listAll()) {
      await farm.admin.clientForceDisconnection({ id });
    }
    await farm.push();
    await watching.untilNoted('admin has disconnected it');
    await node.leave();
    await farm.push();
    await watching.until((text) => text.includes('idle → offline'));
    watching.process.kill('SIGINT');
    await watching.ended;
  });
});
