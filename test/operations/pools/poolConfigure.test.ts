import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

const poolsOf = async (farm: TestFarm, name: string) => (await farm.admin.nodeGetByName({ name })).node.pools;

describe('poolConfigure', () => {
  it('changes what is given and leaves the rest', async (t) => {
    const farm = await startFarm(t);
    for (const name of ['alpha', 'beta', 'gamma']) await farm.addNode(name);
    const wakeAddresses = [{ mac: '02:00:00:00:00:09', subnet: '10.0.7.0/24' }];
    await farm.admin.poolAdd({ pool: { name: 'night', wakeAddresses, nodes: ['alpha', 'beta'] } });

    await farm.admin.poolConfigure({ pool: { name: 'night', description: 'after ten' } });
    const { pool: described } = await farm.admin.poolGet({ name: 'night' });
    await farm.admin.poolConfigure({
      pool: { name: 'night', wakeAddresses: [], nodes: ['gamma', 'beta'] },
    });
    const { pool: moved } = await farm.admin.poolGet({ name: 'night' });

    assert.deepEqual(described, {
      name: 'night',
      description: 'after ten',
      wakeAddresses,
      nodes: ['alpha', 'beta'],
      version: 2,
    });
    assert.deepEqual(moved, {
      name: 'night',
      description: 'after ten',
      wakeAddresses: [],
      nodes: ['beta', 'gamma'],
      version: 3,
    });
  });

  it('keeps the other pools of its nodes, and whatever else changes at them meanwhile', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha', { pools: ['day'] });
    await farm.admin.poolAdd({ pool: { name: 'night' } });
    farm.writes.beforeFirst('NODES#', async () => {
      await farm.admin.nodeSetNotes({ id: node.id, notes: 'loud fan' });
    });

    await farm.admin.poolConfigure({ pool: { name: 'night', nodes: ['alpha'] } });

    const { node: is } = await farm.admin.nodeGet({ id: node.id });
    assert.deepEqual([is.pools, is.notes], [['day', 'night'], 'loud fan']);
  });

  it('lasts when a node registers again, until its agent names other pools', async (t) => {
    const farm = await startFarm(t);
    await farm.addNode('alpha', { pools: ['day'] });
    await farm.admin.poolConfigure({ pool: { name: 'day', nodes: [] } });
    await farm.admin.poolAdd({ pool: { name: 'night', nodes: ['alpha'] } });

    await farm.addNode('alpha', { pools: ['day'] });
    const same = await poolsOf(farm, 'alpha');
    await farm.addNode('alpha', { pools: ['day', 'noon'] });
    const others = await poolsOf(farm, 'alpha');

    assert.deepEqual(same, ['night']);
    assert.deepEqual(others, ['day', 'noon']);
  });

  it('keeps a pool that only nodes named, also when they leave it', async (t) => {
    const farm = await startFarm(t);
    await farm.addNode('alpha', { pools: ['day'] });

    await farm.admin.poolConfigure({ pool: { name: 'day', nodes: [] } });

    const { pools } = await farm.admin.poolGetList({});
    assert.deepEqual(pools, [{ name: 'day', description: '', wakeAddresses: [], nodes: [], version: 1 }]);
  });

  it('refuses a pool that is not there, and a node that is not, before anything is changed', async (t) => {
    const farm = await startFarm(t);
    await farm.addNode('alpha');
    await farm.admin.poolAdd({ pool: { name: 'night' } });

    await assertRefusedWhole(
      farm,
      'poolConfigure',
      'not-found',
      { what: 'pool', id: 'noon' },
      { pool: { name: 'noon', nodes: ['alpha'] } },
    );
    await assertRefusedWhole(
      farm,
      'poolConfigure',
      'not-found',
      { what: 'node', id: 'omega' },
      { pool: { name: 'night', description: 'x', nodes: ['alpha', 'omega'] } },
    );
  });
});
