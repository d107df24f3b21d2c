import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm } from '../../support/startFarm.ts';

describe('poolRemove', () => {
  it('takes the pool from its nodes and removes it, also one that only nodes name', async (t) => {
    const farm = await startFarm(t);
    await farm.addNode('alpha', { pools: ['day', 'night'] });
    await farm.addNode('beta');
    await farm.admin.poolAdd({ pool: { name: 'night', nodes: ['alpha', 'beta'] } });

    await farm.admin.poolRemove({ name: 'night' });
    const { pools: left } = await farm.admin.poolGetList({});
    await farm.admin.poolRemove({ name: 'day' });
    const { pools: none } = await farm.admin.poolGetList({});

    assert.deepEqual(
      left.map(({ name, nodes }) => [name, nodes]),
      [['day', ['alpha']]],
    );
    assert.deepEqual(none, []);
    const { nodes } = await farm.admin.nodeGetList({});
    assert.deepEqual(
      nodes.map(({ pools }) => pools),
      [[], []],
    );
  });

  it('lets a pool of that name be added anew', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.poolAdd({ pool: { name: 'night', description: 'the old one' } });
    await farm.admin.poolRemove({ name: 'night' });

    await farm.admin.poolAdd({ pool: { name: 'night' } });

    assert.equal((await farm.admin.poolGet({ name: 'night' })).pool.description, '');
  });

  it('refuses a pool that is not there', async (t) => {
    const farm = await startFarm(t);

    await assertRefusedWhole(
      farm,
      'poolRemove',
      'not-found',
      { what: 'pool', id: 'night' },
      { name: 'night' },
    );
  });
});
