import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { farmState } from '../../support/farmState.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm } from '../../support/startFarm.ts';

describe('nodeRemoveRegistration', () => {
  it('removes a node that is offline, and its name is free for anybody', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await node.leave();

    await farm.admin.nodeRemoveRegistration({ id: node.id });
    const { nodes } = await farm.admin.nodeGetList({});
    const left = [...farmState(farm).keys()].filter((key) => key.startsWith('NODE'));
    const newcomer = await farm.addNode('alpha', { secret: 'another secret 0000' });

    assert.deepEqual(nodes, []);
    assert.deepEqual(left, []);
    assert.equal(newcomer.id, node.id + 1);
  });

  it('refuses a node that is idle, working or paused', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const refused = (from: string) =>
      assertRefusedWhole(
        farm,
        'nodeRemoveRegistration',
        'transition-refused',
        {
          what: 'node',
          id: node.id,
          from,
          event: 'remove',
          rule: 'only a node that is offline can be removed; stop its agent first',
        },
        { id: node.id },
      );

    await refused('idle');
    await farm.admin.jobSubmit({ job: aJob(1) });
    await node.claim();
    await refused('working');
    await farm.admin.nodeKillProcessAndPause({ id: node.id });
    await refused('paused');
  });

  it('refuses a node that is not there', async (t) => {
    const farm = await startFarm(t);

    await assertRefusedWhole(
      farm,
      'nodeRemoveRegistration',
      'not-found',
      { what: 'node', id: 999 },
      { id: 999 },
    );
  });
});
