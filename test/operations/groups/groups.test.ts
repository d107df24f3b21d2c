import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';
import { startFarm } from '../../support/startFarm.ts';

const farm = await sharedFarm();

describe('groupAdd', () => {
  it('adds a group', async () => {
    await farm.admin.groupAdd({
      group: {
        name: 'night shift',
        description: 'after ten',
        rights: ['manage-nodes'],
        pools: ['night'],
        maximumPriority: 90,
      },
    });

    assert.deepEqual((await farm.admin.groupGet({ name: 'night shift' })).group, {
      name: 'night shift',
      description: 'after ten',
      rights: ['manage-nodes'],
      pools: ['night'],
      maximumPriority: 90,
      version: 1,
    });
  });

  it('refuses a name that is taken and a right that the caller does not have', async () => {
    await farm.admin.groupAdd({ group: { name: 'twice' } });
    const clerk = await farm.addUser('clerk', { rights: ['manage-people'] });

    await assertRefusedWhole(
      farm,
      'groupAdd',
      'already-exists',
      { what: 'group', id: 'twice' },
      { group: { name: 'twice' } },
    );
    await assertRefusedWhole(
      farm,
      'groupAdd',
      'forbidden',
      { caller: 'User clerk', operation: 'groupAdd', rule: 'its caller lacks the right run-code' },
      { group: { name: 'coders', rights: ['run-code'] } },
      clerk,
    );
  });

  it('starts empty, also if an earlier group of that name was removed halfway', async () => {
    await farm.admin.groupAdd({ group: { name: 'late' } });
    await farm.admin.userAdd({ user: { name: 'left over', groups: ['late'] } });
    await farm.context.groups.remove('late');

    await farm.admin.groupAdd({ group: { name: 'late', rights: ['run-code'] } });

    assert.deepEqual((await farm.admin.userGet({ name: 'left over' })).user.groups, []);
  });
});

describe('groupConfigure', () => {
  it('changes what is given and leaves the rest, and its users have it within thirty seconds', async () => {
    await farm.admin.groupAdd({ group: { name: 'wranglers', description: 'of nodes' } });
    const rita = await farm.addUser('rita', { groups: ['wranglers'] });
    await rita.whoAmI({});

    await farm.admin.groupConfigure({ group: { name: 'wranglers', rights: ['manage-pools'] } });
    farm.clock.advance(30_000);

    await rita.poolAdd({ pool: { name: 'by rita' } });
    const { group } = await farm.admin.groupGet({ name: 'wranglers' });
    assert.deepEqual([group.description, group.rights, group.version], ['of nodes', ['manage-pools'], 2]);
  });

  it('refuses a group that is not there, and one with a right that the caller does not have', async () => {
    await farm.admin.groupAdd({ group: { name: 'coders', rights: ['run-code'] } });
    const clerk = await farm.addUser('clara', { rights: ['manage-people'] });

    await assertRefusedWhole(
      farm,
      'groupConfigure',
      'not-found',
      { what: 'group', id: 'nobody' },
      { group: { name: 'nobody', rights: [] } },
    );
    await assertRefusedWhole(
      farm,
      'groupConfigure',
      'forbidden',
      { caller: 'User clara', operation: 'groupConfigure', rule: 'its caller lacks the right run-code' },
      { group: { name: 'coders', rights: [] } },
      clerk,
    );
  });
});

describe('groupRemove', () => {
  it('removes the group and takes its users out of it', async () => {
    await farm.admin.groupAdd({ group: { name: 'short', rights: ['manage-pools'] } });
    const sam = await farm.addUser('sam', { groups: ['short'] });
    await sam.poolAdd({ pool: { name: 'by sam' } });

    await farm.admin.groupRemove({ name: 'short' });
    farm.clock.advance(30_000);

    await assert.rejects(sam.poolAdd({ pool: { name: 'again' } }), { code: 'forbidden' });
    assert.deepEqual((await farm.admin.userGet({ name: 'sam' })).user.groups, []);
    await assert.rejects(farm.admin.groupGet({ name: 'short' }), { code: 'not-found' });
  });

  it('refuses a group that is not there, and one with a right that the caller does not have', async () => {
    await farm.admin.groupAdd({ group: { name: 'powerful', rights: ['manage-system'] } });
    const clerk = await farm.addUser('cleo', { rights: ['manage-people'] });

    await assertRefusedWhole(
      farm,
      'groupRemove',
      'not-found',
      { what: 'group', id: 'nobody' },
      { name: 'nobody' },
    );
    await assertRefusedWhole(
      farm,
      'groupRemove',
      'forbidden',
      { caller: 'User cleo', operation: 'groupRemove', rule: 'its caller lacks the right manage-system' },
      { name: 'powerful' },
      clerk,
    );
  });
});

describe('groupGet', () => {
  it('refuses a group that is not there', () =>
    assertRefusedWhole(farm, 'groupGet', 'not-found', { what: 'group', id: 'x' }, { name: 'x' }));
});

describe('groupGetList', () => {
  it('lists groups by name, page by page', async (t) => {
    const empty = await startFarm(t);
    for (const name of ['c', 'a', 'b']) await empty.admin.groupAdd({ group: { name } });

    const first = await empty.admin.groupGetList({ limit: 2 });
    const second = await empty.admin.groupGetList({ limit: 2, pageToken: first.nextPageToken ?? '' });

    const names = (page: typeof first) => page.groups.map(({ name }) => name);
    assert.deepEqual([names(first), names(second)], [['a', 'b'], ['c']]);
  });
});
