import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rights } from '../../../shared/model/right.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();

describe('whoAmI', () => {
  it('tells name, groups, rights and limits of the caller', async () => {
    await farm.admin.groupAdd({
      group: { name: 'artists', rights: ['change-group-jobs'], pools: ['gpu'], maximumPriority: 60 },
    });
    await farm.admin.groupAdd({ group: { name: 'leads', pools: ['night', 'gpu'], maximumPriority: 80 } });
    const olga = await farm.addUser('olga', { groups: ['artists', 'leads'], rights: ['manage-pools'] });

    assert.deepEqual(await olga.whoAmI({}), {
      name: 'olga',
      isAdmin: false,
      groups: ['artists', 'leads'],
      rights: ['change-group-jobs', 'manage-pools'],
      pools: ['gpu', 'night'],
      maximumPriority: 80,
    });
  });

  it('tells an administrator that they have every right', async () => {
    assert.deepEqual((await farm.admin.whoAmI({})).rights, Object.keys(rights));
  });
});
