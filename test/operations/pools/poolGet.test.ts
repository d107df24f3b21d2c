import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();
const olga = await farm.addUser('olga');

describe('poolGet', () => {
  it('shows a pool that only nodes name as one without settings', async () => {
    await farm.addNode('beta', { pools: ['night'] });
    await farm.addNode('alpha', { pools: ['night'] });

    const { pool } = await olga.poolGet({ name: 'night' });

    assert.deepEqual(pool, {
      name: 'night',
      description: '',
      wakeAddresses: [],
      nodes: ['alpha', 'beta'],
      version: 0,
    });
  });

  it('shows a pool without nodes', async () => {
    await farm.admin.poolAdd({ pool: { name: 'empty', description: 'for later' } });

    const { pool } = await olga.poolGet({ name: 'empty' });

    assert.deepEqual([pool.description, pool.nodes, pool.version], ['for later', [], 1]);
  });

  it('refuses a pool that is not there', async () => {
    await assertRefusedWhole(farm, 'poolGet', 'not-found', { what: 'pool', id: 'noon' }, { name: 'noon' });
  });
});
