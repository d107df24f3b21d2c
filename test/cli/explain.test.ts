import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../support/aJob.ts';
import { startFarm } from '../support/startFarm.ts';
import { aLoggedInRollcall } from './rollcall.ts';

describe('rollcall explain', () => {
  it('groups nodes by the rule that keeps them, and names the command that lifts a rule', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { name: 'sh010', includedPools: ['gpu'] }) });
    await farm.admin.jobEdit({ id, changes: { paused: true } });
    for (const name of ['alpha', 'beta']) await farm.addNode(name);
    for (const name of ['gamma', 'delta']) await farm.addNode(name, { pools: ['gpu'] });
    const { node } = await farm.admin.nodeGetByName({ name: 'delta' });
    await farm.admin.nodePause({ id: node.id });

    const { code, lines } = await rollcall.run(['explain', String(id)], { env: { COLUMNS: '80' } });

    assert.equal(code, 0);
    assert.deepEqual(lines, [
      `Job ${id}, sh010: paused`,
      'It is not handed out.',
      '',
      'What keeps it from every node',
      `  - the job is paused (rollcall resume ${id})`,
      '',
      '4 nodes',
      '     1  would take its chunks',
      '        gamma',
      '     2  is in none of the pools gpu',
      '        alpha, beta',
      '     1  is paused (rollcall nodes resume NODE)',
      '        delta',
    ]);
  });

  it('says that it only waits for a node', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });

    const without = await rollcall.run(['explain', String(id)]);
    const node = await farm.addNode('alpha');
    const before = await rollcall.run(['explain', String(id)]);
    await node.claim();
    const running = await rollcall.run(['explain', String(id)]);

    assert.match(without.stdout, /no node can take it now\.\n\nNo node is registered\.\n$/);
    assert.match(before.stdout, /as soon as a node asks\./);
    assert.match(running.stdout, /It runs on 1 node\./);
  });

  it('answers in JSON what the dispatcher answered', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.addNode('alpha');

    const { nextPageToken: _, ...explanation } = await farm.admin.jobExplain({ id });

    assert.deepEqual(await rollcall.json(['explain', String(id)]), explanation);
  });
});
