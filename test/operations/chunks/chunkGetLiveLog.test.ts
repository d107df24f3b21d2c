import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

async function working(farm: TestFarm) {
  const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(2) });
  const node = await farm.addNode('alpha');
  const attempt = (await node.claim())?.assignment;
  assert.ok(attempt);
  const send = (offset: number, text: string) =>
    node.client.nodeSendLog({ session: node.session, attempt, offset, text });
  const read = (after = 0) => farm.admin.chunkGetLiveLog({ jobId, chunkId: 1, after });
  return { jobId, node, send, read };
}

describe('chunkGetLiveLog', () => {
  it('tells what came since, and whether more may come', async (t) => {
    const farm = await startFarm(t);
    const { jobId, node, send, read } = await working(farm);
    const silent = await read();
    await farm.admin.nodeSetRealtimeLog({ id: node.id, status: true });
    await send(0, 'frame 1\n');
    const first = await read();
    await send(8, 'frame 2\n');
    const second = await read(first.next);
    await node.report({ wantsNext: false });
    const ended = await farm.admin.chunkGetLiveLog({ jobId, chunkId: 1, after: second.next });

    const running = { attempt: 1, nodeId: node.id, isRunning: true };
    assert.deepEqual(silent, { ...running, isLive: false, from: 0, text: '', next: 0 });
    assert.deepEqual(first, { ...running, isLive: true, from: 0, text: 'frame 1\n', next: 8 });
    assert.deepEqual(second, { ...running, isLive: true, from: 8, text: 'frame 2\n', next: 16 });
    assert.deepEqual(ended, {
      attempt: 1,
      nodeId: null,
      isRunning: false,
      isLive: false,
      from: 16,
      text: '',
      next: 16,
    });
  });

  it('joins pieces that overlap or came in another order, and stops at a gap', async (t) => {
    const farm = await startFarm(t);
    const { send, read } = await working(farm);
    await send(6, 'ghij');
    await send(0, 'abcd');
    await send(2, 'cdefgh');
    await send(20, 'uv');

    const { from, text, next } = await read();
    const inside = await read(3);
    const later = await read(next);

    assert.deepEqual([from, text, next], [0, 'abcdefghij', 10]);
    assert.deepEqual([inside.from, inside.text], [3, 'defghij']);
    assert.deepEqual([later.from, later.text, later.next], [20, 'uv', 22]);
  });

  it('gives at most 262,144 characters at once, and the rest with the next call', async (t) => {
    const farm = await startFarm(t);
    const { send, read } = await working(farm);
    for (let piece = 0; piece < 20; piece += 1) await send(piece * 15_000, 'x'.repeat(15_000));

    const first = await read();
    const second = await read(first.next);

    assert.deepEqual([first.from, first.next], [0, 255_000]);
    assert.deepEqual([second.from, second.next], [255_000, 300_000]);
  });

  it('gives the text of an earlier attempt too, for an hour', async (t) => {
    const farm = await startFarm(t);
    const { jobId, node, send } = await working(farm);
    await send(0, 'first try');
    await node.report({ outcome: 'failed', exitCode: 1, wantsNext: false });
    farm.clock.advance(1_000);
    const attempt = (await node.claim())?.assignment;
    assert.equal(attempt?.attempt, 2);

    const present = await farm.admin.chunkGetLiveLog({ jobId, chunkId: 1 });
    const earlier = await farm.admin.chunkGetLiveLog({ jobId, chunkId: 1, attempt: 1 });
    farm.clock.advance(3_600_000);
    const gone = await farm.admin.chunkGetLiveLog({ jobId, chunkId: 1, attempt: 1 });

    assert.deepEqual([present.attempt, present.isRunning, present.text], [2, true, '']);
    assert.deepEqual([earlier.attempt, earlier.isRunning, earlier.text], [1, false, 'first try']);
    assert.equal(gone.text, '');
  });

  it('refuses what is not there', async (t) => {
    const farm = await startFarm(t);
    const { jobId } = await working(farm);
    const refusals: readonly [number, number, number | undefined, string, number][] = [
      [999, 1, undefined, 'job', 999],
      [jobId, 3, undefined, `chunk of job ${jobId}`, 3],
      [jobId, 2, undefined, 'attempt at chunk 2 of job', jobId],
      [jobId, 1, 2, 'attempt 2 at chunk 1 of job', jobId],
    ];

    for (const [job, chunkId, attempt, what, id] of refusals)
      await assertRefusedWhole(
        farm,
        'chunkGetLiveLog',
        'not-found',
        { what, id },
        { jobId: job, chunkId, ...(attempt === undefined ? {} : { attempt }) },
      );
  });
});
