import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { changedItems, farmState } from '../../support/farmState.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

async function working(farm: TestFarm) {
  const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(2) });
  const node = await farm.addNode('alpha');
  const attempt = (await node.claim())?.assignment;
  assert.ok(attempt);
  return { jobId, node, attempt };
}

describe('nodeSendLog', () => {
  it('passes on what the process has written, and keeps once what is sent twice', async (t) => {
    const farm = await startFarm(t);
    const { jobId, node, attempt } = await working(farm);
    const { session } = node;
    const before = farmState(farm);

    for (const _ of ['first', 'second'])
      await node.client.nodeSendLog({ session, attempt, offset: 0, text: 'frame 1\n' });

    assert.equal(changedItems(before, farmState(farm)).length, 1);
    assert.equal((await farm.admin.chunkGetLiveLog({ jobId, chunkId: 1 })).text, 'frame 1\n');
  });

  it('costs a read and a write, 1 W for each KB', async (t) => {
    const farm = await startFarm(t);
    const { node, attempt } = await working(farm);
    const { session } = node;
    await node.client.nodeSendLog({ session, attempt, offset: 0, text: 'x' });
    farm.takeUse();

    await node.client.nodeSendLog({ session, attempt, offset: 1, text: 'x'.repeat(16_000) });

    const { readUnits, writeUnits } = farm.takeUse();
    assert.deepEqual({ readUnits, writeUnits }, { readUnits: 1, writeUnits: 16 });
  });

  it('refuses an attempt that the node does not hold', async (t) => {
    const farm = await startFarm(t);
    const { node, attempt } = await working(farm);
    const beta = await farm.addNode('beta');
    const text = { offset: 0, text: 'x' };
    const details = { token: attempt.token };

    await assertRefusedWhole(
      farm,
      'nodeSendLog',
      'stale-attempt',
      details,
      { session: beta.session, attempt, ...text },
      beta.client,
    );
    // First the node holds the next chunk, then none.
    for (const wantsNext of [true, false]) {
      await node.report({ wantsNext });
      await assertRefusedWhole(
        farm,
        'nodeSendLog',
        'stale-attempt',
        details,
        { session: node.session, attempt, ...text },
        node.client,
      );
    }
  });

  it('writes under the attempt that the node holds, whatever else the call names', async (t) => {
    const farm = await startFarm(t);
    const { jobId, node, attempt } = await working(farm);
    const { id: other } = await farm.admin.jobSubmit({ job: aJob(1) });

    await node.client.nodeSendLog({
      session: node.session,
      attempt: { ...attempt, jobId: other },
      offset: 0,
      text: 'mine',
    });

    assert.equal((await farm.admin.chunkGetLiveLog({ jobId, chunkId: 1 })).text, 'mine');
  });
});
