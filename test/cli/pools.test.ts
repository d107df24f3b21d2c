import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startFarm } from '../support/startFarm.ts';
import { aLoggedInRollcall } from './rollcall.ts';

describe('rollcall pools', () => {
  it('lists what was added and what nodes name, and shows one', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const none = await rollcall.run(['pools']);
    await farm.addNode('alpha', { pools: ['day', 'night'] });
    await farm.admin.poolAdd({
      pool: {
        name: 'night',
        description: 'after ten',
        wakeAddresses: [{ mac: '02:00:00:00:00:09', subnet: '10.0.7.0/24' }],
      },
    });

    const listed = await rollcall.run(['pools']);
    const names = await rollcall.run(['pools', 'list', '--quiet']);
    const shown = await rollcall.run(['pools', 'get', 'night']);
    const json = await rollcall.json(['pools', 'get', 'day']);
    const missing = await rollcall.run(['pools', 'get', 'noon']);

    assert.equal(none.stdout, 'No pools.\n');
    assert.equal(
      listed.stdout,
      `NAME   NODES  WAKES BESIDES  DESCRIPTION
day        1
night      1  1 machine      after ten
`,
    );
    assert.equal(names.stdout, 'day\nnight\n');
    assert.equal(
      shown.stdout,
      `night

Description    after ten
Nodes          alpha
Wakes besides  02:00:00:00:00:09 in 10.0.7.0/24
`,
    );
    assert.deepEqual(json, {
      pool: { name: 'day', description: '', wakeAddresses: [], nodes: ['alpha'], version: 0 },
    });
    assert.equal(missing.code, 3);
  });

  it('adds a pool and changes what is given', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    for (const name of ['alpha', 'beta']) await farm.addNode(name);
    const poolIs = async () => (await farm.admin.poolGet({ name: 'night' })).pool;

    const added = await rollcall.run([
      ...['pools', 'add', 'night', '--description', 'after ten', '--nodes', 'alpha, beta'],
      ...['--wake-address', '02-00-00-00-00-0A@10.0.7.0/24'],
      ...['--wake-address', '02:00:00:00:00:0b@10.0.8.0/24'],
    ]);
    const first = await poolIs();
    const changed = await rollcall.run(['pools', 'configure', 'night', '--nodes', 'beta']);
    const second = await poolIs();
    await rollcall.run(['pools', 'configure', 'night', '--nodes', '', '--wake-address', '']);
    const third = await poolIs();

    assert.equal(added.stdout, 'Added pool night.\n');
    assert.deepEqual(first, {
      name: 'night',
      description: 'after ten',
      wakeAddresses: [
        { mac: '02:00:00:00:00:0a', subnet: '10.0.7.0/24' },
        { mac: '02:00:00:00:00:0b', subnet: '10.0.8.0/24' },
      ],
      nodes: ['alpha', 'beta'],
      version: 1,
    });
    assert.equal(changed.stdout, 'Changed pool night.\n');
    assert.deepEqual(second, { ...first, nodes: ['beta'], version: 2 });
    assert.deepEqual(third, { ...first, nodes: [], wakeAddresses: [], version: 3 });
  });

  it('refuses what makes no sense before anything is sent, and what the dispatcher refuses', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    await farm.admin.poolAdd({ pool: { name: 'night' } });

    const nothing = await rollcall.run(['pools', 'configure', 'night']);
    const half = await rollcall.run(['pools', 'configure', 'night', '--wake-address', '02:00:00:00:00:09']);
    const twice = await rollcall.run(['pools', 'add', 'night']);
    const stranger = await rollcall.run(['pools', 'configure', 'night', '--nodes', 'omega']);

    assert.equal(nothing.code, 2);
    assert.match(nothing.stderr, /--description, --nodes or --wake-address/);
    assert.equal(half.code, 2);
    assert.match(half.stderr, /02:00:00:00:00:09@10\.0\.7\.0\/24/);
    assert.deepEqual(
      [twice.code, twice.stderr],
      [6, 'rollcall: There is a pool night already; choose another name or change that one.\n'],
    );
    assert.deepEqual([stranger.code, stranger.stderr], [3, 'rollcall: There is no node omega.\n']);
  });

  it('removes a pool only when told so', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    await farm.addNode('alpha', { pools: ['night'] });

    const unasked = await rollcall.run(['pools', 'remove', 'night']);
    const before = await farm.admin.poolGetList({});
    const removed = await rollcall.run(['pools', 'remove', 'night', '--yes']);
    const after = await farm.admin.poolGetList({});

    assert.equal(unasked.code, 2);
    assert.equal(before.pools.length, 1);
    assert.equal(removed.stdout, 'Removed pool night.\n');
    assert.deepEqual(after.pools, []);
  });
});
