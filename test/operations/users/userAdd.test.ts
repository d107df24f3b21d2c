import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertRefused, assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();
const nobody = farm.clientWith(undefined);

describe('userAdd', () => {
  it('adds a user who logs in with the password and may do what groups and rights say', async () => {
    await farm.admin.groupAdd({ group: { name: 'lighters', rights: ['change-group-jobs'], pools: ['gpu'] } });

    await farm.admin.userAdd({
      user: {
        name: 'anna',
        password: 'of anna',
        description: 'lights shots',
        email: 'anna@example.com',
        groups: ['lighters'],
        rights: ['manage-pools'],
        pools: ['night'],
        maximumPriority: 70,
      },
    });

    const { token } = await nobody.login({ name: 'anna', password: 'of anna' });
    assert.deepEqual(await farm.clientWith(token).whoAmI({}), {
      name: 'anna',
      isAdmin: false,
      groups: ['lighters'],
      rights: ['change-group-jobs', 'manage-pools'],
      pools: ['night', 'gpu'],
      maximumPriority: 70,
    });
    assert.deepEqual((await farm.admin.userGet({ name: 'anna' })).user, {
      name: 'anna',
      description: 'lights shots',
      email: 'anna@example.com',
      isAdmin: false,
      isEnabled: true,
      groups: ['lighters'],
      rights: ['manage-pools'],
      pools: ['night'],
      maximumPriority: 70,
      version: 1,
    });
  });

  it('adds one without a password who logs in with none', async () => {
    await farm.admin.userAdd({ user: { name: 'robot' } });

    await assertRefused(nobody, 'login', 'login-refused', {}, { name: 'robot', password: 'null' });
    const { token } = await farm.admin.tokenAdd({ user: 'robot', description: 'nightly', days: null });
    assert.equal((await farm.clientWith(token).whoAmI({})).name, 'robot');
  });

  it('keeps no password, only a scrypt hash with its parameters', async () => {
    await farm.admin.userAdd({ user: { name: 'hans', password: 'ein Geheimnis' } });

    const kept = await farm.context.users.find('hans');

    assert.match(kept?.passwordHash ?? '', /^scrypt\$32768\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    assert.equal(JSON.stringify(await farm.admin.userGetList({})).includes('scrypt'), false);
  });

  it('refuses a name that is taken and a group that is not there', async () => {
    await farm.admin.userAdd({ user: { name: 'twice' } });

    await assertRefusedWhole(
      farm,
      'userAdd',
      'already-exists',
      { what: 'user', id: 'twice' },
      { user: { name: 'twice' } },
    );
    await assertRefusedWhole(
      farm,
      'userAdd',
      'not-found',
      { what: 'group', id: 'riggers' },
      { user: { name: 'rita', groups: ['riggers'] } },
    );
  });

  it('refuses to give what the caller does not have: to be an administrator, a right, the right of a group', async () => {
    await farm.admin.groupAdd({ group: { name: 'operators', rights: ['manage-nodes'] } });
    const clerk = await farm.addUser('clerk', { rights: ['manage-people', 'manage-pools'] });

    for (const [user, rule] of [
      [{ isAdmin: true }, 'only administrators change administrators'],
      [{ rights: ['manage-pools', 'run-code'] as const }, 'its caller lacks the right run-code'],
      [{ groups: ['operators'] }, 'its caller lacks the right manage-nodes'],
    ] as const)
      await assertRefusedWhole(
        farm,
        'userAdd',
        'forbidden',
        { caller: 'User clerk', operation: 'userAdd', rule },
        { user: { ...user, name: 'friend' } as never },
        clerk,
      );
    await clerk.userAdd({ user: { name: 'friend', rights: ['manage-pools'] } });
  });

  it('does not revive tokens of an earlier user of that name', async () => {
    await farm.admin.userAdd({ user: { name: 'once', password: 'first' } });
    const { token } = await nobody.login({ name: 'once', password: 'first' });
    await farm.admin.userRemove({ name: 'once' });
    farm.clock.advance(31_000);

    await farm.admin.userAdd({ user: { name: 'once', password: 'second' } });

    await assert.rejects(farm.clientWith(token).whoAmI({}), { code: 'unauthenticated' });
  });
});
