import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();

describe('whoAmI', () => {
  it('tells name and role of the caller', async () => {
    const olga = await farm.addUser('olga');

    assert.deepEqual(await olga.whoAmI({}), { name: 'olga', role: 'user' });
    assert.deepEqual(await farm.admin.whoAmI({}), { name: 'admin', role: 'admin' });
  });
});
