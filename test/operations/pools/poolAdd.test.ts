import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm } from '../../support/startFarm.ts';

describe('poolAdd', () => {
  it('adds a pool with its nodes, which take its jobs from then on', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.addNode('beta');
    await farm.admin.jobSubmit({ job: aJob(1, { includedPools: ['night'] }) });
    const before = await node.claim();
    const wakeAddresses = [{ mac: '02:00:00:00:00:09', subnet: '10.0.7.0/24' }];

    await farm.admin.poolAdd({
      pool: { name: 'night', description: 'after ten', wakeAddresses, nodes: ['alpha', 'alpha'] },
    });
    farm.clock.advance(5_000);
    const after = await node.claim();

    assert.equal(before, null);
    assert.notEqual(after, null);
    assert.deepEqual((await farm.admin.poolGet({ name: 'night' })).pool, {
      name: 'night',
      description: 'after ten',
      wakeAddresses,
      nodes: ['alpha'],
      version: 1,
    });
    assert.deepEqual((await farm.admin.nodeGetByName({ name: 'alpha' })).node.pools, ['night']);
    assert.deepEqual((await farm.admin.nodeGetByName({ name: 'beta' })).node.pools, []);
  });

  it('leaves a pool its nodes that named it before, unless it says who is in it', async (t) => {
    const farm = await startFarm(t);
    for (const pool of ['day', 'night']) await farm.addNode(`of the ${pool}`, { pools: [pool, 'both'] });

    await farm.admin.poolAdd({ pool: { name: 'night' } });
    await farm.admin.poolAdd({ pool: { name: 'both', nodes: ['of the day'] } });

    const { pools } = await farm.admin.poolGetList({});
    assert.deepEqual(
      pools.map(({ name, nodes }) => [name, nodes]),
      [
        ['both', ['of the day']],
        ['day', ['of the day']],
        ['night', ['of the night']],
      ],
    );
    assert.deepEqual((await farm.admin.nodeGetByName({ name: 'of the night' })).node.pools, ['night']);
  });

  it('refuses a name that was added before, and a node that is not registered', async (t) => {
    const farm = await startFarm(t);
    await farm.addNode('alpha');
    await farm.admin.poolAdd({ pool: { name: 'night' } });

    await assertRefusedWhole(
      farm,
      'poolAdd',
      'already-exists',
      { what: 'pool', id: 'night' },
      { pool: { name: 'night', nodes: ['alpha'] } },
    );
    await assertRefusedWhole(
      farm,
      'poolAdd',
      'not-found',
      { what: 'node', id: 'omega' },
      { pool: { name: 'day', nodes: ['alpha', 'omega'] } },
    );
  });

  it('refuses to put a node into more than 64 pools', async (t) => {
    const farm = await startFarm(t);
    await farm.addNode('alpha', { pools: Array.from({ length: 64 }, (_, index) => `pool ${index}`) });

    await assertRefusedWhole(
      farm,
      'poolAdd',
      'invalid-input',
      {
        field: 'pool.nodes',
        rule: 'node alpha is in 64 pools, the most is 64; take it out of another one',
      },
      { pool: { name: 'night', nodes: ['alpha'] } },
    );
  });

  for (const subnet of ['10.0.7.0', '10.0.7.0/31', '10.0.7.0/0', '10.0.7.256/24', 'fd00::/64', '10.0.7/24']) {
    it(`refuses ${subnet} as the subnet of a machine`, async (t) => {
      const farm = await startFarm(t);

      await assertRefusedWhole(
        farm,
        'poolAdd',
        'invalid-input',
        {
          field: 'pool.wakeAddresses.0.subnet',
          rule: 'must be an IPv4 subnet with a prefix of 1 to 30 bits, such as 10.0.7.0/24',
        },
        { pool: { name: 'night', wakeAddresses: [{ mac: '02:00:00:00:00:09', subnet }] } },
      );
    });
  }

  it('lets one of two win that add the same pool at the same time', async (t) => {
    const farm = await startFarm(t);
    const add = (description: string) => farm.admin.poolAdd({ pool: { name: 'night', description } });

    const results = await Promise.allSettled([add('one'), add('two')]);

    const lost = results.filter((result) => result.status === 'rejected');
    assert.deepEqual(
      lost.map(({ reason }) => reason.code),
      ['already-exists'],
    );
    assert.equal((await farm.admin.poolGet({ name: 'night' })).pool.version, 1);
  });
});
