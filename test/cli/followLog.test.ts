import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AssignmentKey } from '../../client/src/generated.ts';
import { aJob } from '../support/aJob.ts';
import { ADMIN_PASSWORD } from '../support/aUser.ts';
import type { FakeNode } from '../support/fakeNode.ts';
import { startFarm, type TestFarm } from '../support/startFarm.ts';
import { aLoggedInRollcall, aRollcall } from './rollcall.ts';

const OFTEN = ['--interval', '0.05'];

describe('rollcall logs --follow', () => {
  it('waits for a chunk, prints what it writes, then the rest of its log, and turns the log off again', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');

    const following = rollcall.start(['logs', '-f', String(id), '1', ...OFTEN]);
    const attempt = (await node.claim())?.assignment;
    assert.ok(attempt);
    await untilLogIs(farm, node, true);
    await send(node, attempt, 0, 'first\nsec');
    await following.until((text) => text === 'first\nsec');
    await send(node, attempt, 9, 'ond\n');
    await following.until((text) => text === 'first\nsecond\n');
    await upload(node, attempt, 'first\nsecond\nlast\n');
    await node.report();
    const { code, stdout, stderr } = await following.ended;

    assert.deepEqual([code, stdout], [0, 'first\nsecond\nlast\n']);
    assert.match(stderr, /Turned the real-time log of node alpha on\.\n$/);
    assert.equal((await farm.admin.nodeGet({ id: node.id })).node.realtimeLog, false);
  });

  it('leaves a real-time log on that was on before, and turns it off on Ctrl-C when it was not', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');
    const attempt = (await node.claim())?.assignment;
    assert.ok(attempt);
    const interrupted = async () => {
      const following = rollcall.start(['logs', '-f', String(id), '1', ...OFTEN]);
      await untilLogIs(farm, node, true);
      await send(node, attempt, 0, 'first\n');
      await following.until((text) => text === 'first\n');
      following.process.kill('SIGINT');
      const { code } = await following.ended;
      return [code, (await farm.admin.nodeGet({ id: node.id })).node.realtimeLog];
    };

    const turnedOn = await interrupted();
    await farm.admin.nodeSetRealtimeLog({ id: node.id, status: true });
    const wasOn = await interrupted();

    assert.deepEqual(turnedOn, [130, false]);
    assert.deepEqual(wasOn, [130, true]);
  });

  it('prints the log at the end to a user who may not turn the real-time log on', async (t) => {
    const farm = await startFarm(t);
    await farm.addUser('anna');
    const rollcall = aRollcall(t);
    const env = { ROLLCALL_PASSWORD: ADMIN_PASSWORD };
    await rollcall.run(['login', 'anna', '--url', farm.url], { env });
    const { id } = await farm.admin.jobSubmit({ job: aJob(1), owner: 'anna' });
    const node = await farm.addNode('alpha');
    const attempt = (await node.claim())?.assignment;
    assert.ok(attempt);

    const following = rollcall.start(['logs', '-f', String(id), '1', ...OFTEN]);
    await following.untilNoted('comes when the chunk has ended');
    await upload(node, attempt, 'all of it\n');
    await node.report();
    const { code, stdout } = await following.ended;

    assert.deepEqual([code, stdout], [0, 'all of it\n']);
    assert.equal((await farm.admin.nodeGet({ id: node.id })).node.realtimeLog, false);
  });

  it('prints pieces as JSON, one a line, of an attempt that has ended too', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');
    const attempt = (await node.claim())?.assignment;
    assert.ok(attempt);
    await upload(node, attempt, 'all of it\n');
    await node.report();

    const { lines } = await rollcall.run(['logs', '-f', String(id), '1', '--json', ...OFTEN]);
    const none = await rollcall.run(['logs', '-f', String(id), '7', ...OFTEN]);

    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      [{ attempt: 1, from: 0, text: 'all of it\n' }],
    );
    assert.equal(none.code, 3);
  });
});

async function untilLogIs(farm: TestFarm, node: FakeNode, wanted: boolean): Promise<void> {
  while ((await farm.admin.nodeGet({ id: node.id })).node.realtimeLog !== wanted);
}

const send = (node: FakeNode, attempt: AssignmentKey, offset: number, text: string) =>
  node.client.nodeSendLog({ session: node.session, attempt, offset, text });

async function upload(node: FakeNode, attempt: AssignmentKey, body: string): Promise<void> {
  const { url } = await node.client.nodeUploadLog({ session: node.session, attempt });
  await fetch(url, { method: 'PUT', headers: { 'content-type': 'text/plain; charset=utf-8' }, body });
}
