import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();
const nobody = farm.clientWith(undefined);

describe('userConfigure', () => {
  it('changes what is given and leaves the rest', async () => {
    await farm.admin.userAdd({ user: { name: 'anna', description: 'lights', pools: ['gpu'] } });

    await farm.admin.userConfigure({ user: { name: 'anna', pools: [], maximumPriority: 40 } });

    const { user } = await farm.admin.userGet({ name: 'anna' });
    assert.deepEqual(
      [user.description, user.pools, user.maximumPriority, user.version],
      ['lights', [], 40, 2],
    );
  });

  it('gives and takes rights within thirty seconds', async () => {
    const olga = await farm.addUser('olga');
    const add = (name: string) => olga.poolAdd({ pool: { name } });
    await assert.rejects(add('before'), { code: 'forbidden' });

    await farm.admin.userConfigure({ user: { name: 'olga', rights: ['manage-pools'] } });
    farm.clock.advance(30_000);
    await add('with the right');
    await farm.admin.userConfigure({ user: { name: 'olga', rights: [] } });
    farm.clock.advance(30_000);

    await assert.rejects(add('after'), { code: 'forbidden' });
  });

  it('shuts a user out within thirty seconds who is disabled', async () => {
    const boris = await farm.addUser('boris');
    await boris.whoAmI({});

    await farm.admin.userConfigure({ user: { name: 'boris', isEnabled: false } });
    farm.clock.advance(30_000);

    await assert.rejects(boris.whoAmI({}), { code: 'unauthenticated' });
    await assert.rejects(nobody.login({ name: 'boris', password: 'correct horse battery staple' }), {
      code: 'login-refused',
    });
  });

  it('voids all tokens with a new password', async () => {
    await farm.admin.userAdd({ user: { name: 'rosa', password: 'old' } });
    const { token } = await nobody.login({ name: 'rosa', password: 'old' });

    await farm.admin.userConfigure({ user: { name: 'rosa', password: 'new' } });
    farm.clock.advance(30_000);

    await assert.rejects(farm.clientWith(token).whoAmI({}), { code: 'unauthenticated' });
    await assert.rejects(nobody.login({ name: 'rosa', password: 'old' }), { code: 'login-refused' });
    await nobody.login({ name: 'rosa', password: 'new' });
  });

  it('refuses a user and a group that are not there', async () => {
    await farm.admin.userAdd({ user: { name: 'jan' } });

    await assertRefusedWhole(
      farm,
      'userConfigure',
      'not-found',
      { what: 'user', id: 'nobody' },
      { user: { name: 'nobody', email: '' } },
    );
    await assertRefusedWhole(
      farm,
      'userConfigure',
      'not-found',
      { what: 'group', id: 'riggers' },
      { user: { name: 'jan', groups: ['riggers'] } },
    );
  });

  it('leaves user admin its power', async () => {
    for (const user of [
      { name: 'admin', isAdmin: false },
      { name: 'admin', isEnabled: false },
    ])
      await assertRefusedWhole(
        farm,
        'userConfigure',
        'transition-refused',
        {
          what: 'user',
          id: 'admin',
          from: 'the first administrator',
          event: 'taking its power',
          rule: 'a farm needs one; change its password instead',
        },
        { user },
      );
  });

  it('refuses to change who has more than the caller: it could take their password over', async () => {
    await farm.addUser('boss', { isAdmin: true });
    await farm.addUser('operator', { rights: ['manage-nodes'] });
    const clerk = await farm.addUser('clerk', { rights: ['manage-people'] });

    for (const [name, rule] of [
      ['boss', 'only administrators change administrators'],
      ['operator', 'its caller lacks the right manage-nodes'],
    ] as const)
      await assertRefusedWhole(
        farm,
        'userConfigure',
        'forbidden',
        { caller: 'User clerk', operation: 'userConfigure', rule },
        { user: { name, password: 'mine now' } },
        clerk,
      );
  });
});
