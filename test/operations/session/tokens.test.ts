import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ADMIN_PASSWORD } from '../../support/aUser.ts';
import { someCapabilities } from '../../support/fakeNode.ts';
import { assertRefused, assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';
import { startFarm } from '../../support/startFarm.ts';

const farm = await sharedFarm();
const nobody = farm.clientWith(undefined);

describe('tokenAdd', () => {
  it('makes a token that outlasts those of logins', async (t) => {
    const old = await startFarm(t);
    const { token, expiresAt } = await old.admin.tokenAdd({ description: 'render wrangler', days: 365 });

    old.clock.advance(364 * 86_400_000);

    assert.equal(expiresAt, '2027-01-01T00:00:00.000Z');
    assert.equal((await old.clientWith(token).whoAmI({})).name, 'admin');
    old.clock.advance(86_400_000);
    await assert.rejects(old.clientWith(token).whoAmI({}), { code: 'unauthenticated' });
  });

  it('makes one that nodes register with, for who manages nodes', async () => {
    const wrangler = await farm.addUser('wrangler', { rights: ['manage-nodes'] });
    const olga = await farm.addUser('olga');

    const { token, expiresAt } = await wrangler.tokenAdd({
      kind: 'join',
      description: 'spot fleet',
      days: null,
    });

    assert.equal(expiresAt, null);
    await farm
      .clientWith(token)
      .nodeRegister({ name: 'spot', secret: 'a secret of spot', capabilities: someCapabilities });
    await assertRefusedWhole(
      farm,
      'tokenAdd',
      'forbidden',
      { caller: 'User olga', operation: 'tokenAdd', rule: 'it needs the right manage-nodes' },
      { kind: 'join', description: 'mine', days: null },
      olga,
    );
  });

  it('makes one for another user for who outranks them', async () => {
    await farm.addUser('boss', { isAdmin: true });
    await farm.addUser('robot');
    const clerk = await farm.addUser('clerk', { rights: ['manage-people'] });
    const stan = await farm.addUser('stan');

    const { token } = await clerk.tokenAdd({ user: 'robot', description: 'nightly', days: 1 });

    assert.equal((await farm.clientWith(token).whoAmI({})).name, 'robot');
    for (const [client, user, caller, rule] of [
      [clerk, 'boss', 'User clerk', 'only administrators change administrators'],
      [stan, 'robot', 'User stan', 'it needs the right manage-people'],
    ] as const)
      await assertRefusedWhole(
        farm,
        'tokenAdd',
        'forbidden',
        { caller, operation: 'tokenAdd', rule },
        { user, description: 'x', days: 1 },
        client,
      );
    await assertRefusedWhole(
      farm,
      'tokenAdd',
      'not-found',
      { what: 'user', id: 'ghost' },
      { user: 'ghost', description: 'x', days: 1 },
    );
  });
});

describe('tokenGetList', () => {
  it('lists what is still good, with what it is for, and never a token', async (t) => {
    const old = await startFarm(t);
    const { token } = await old.clientWith(undefined).login({
      name: 'admin',
      password: ADMIN_PASSWORD,
      hours: 12,
    });
    const made = await old.admin.tokenAdd({ description: 'nightly', days: 10 });
    const list = async () => (await old.admin.tokenGetList({})).tokens;

    const before = await list();
    old.clock.advance(12 * 3_600_000);
    const after = await list();

    assert.deepEqual(before.map(({ description, expiresAt }) => [description, expiresAt]).sort(), [
      ['', '2026-01-31T00:00:00.000Z'],
      ['login', '2026-01-01T12:00:00.000Z'],
      ['nightly', '2026-01-11T00:00:00.000Z'],
    ]);
    assert.deepEqual(after.map(({ description }) => description).sort(), ['', 'nightly']);
    assert.deepEqual(
      before.find(({ id }) => id === made.id),
      {
        id: made.id,
        kind: 'user',
        description: 'nightly',
        createdAt: '2026-01-01T00:00:00.000Z',
        createdBy: 'admin',
        expiresAt: '2026-01-11T00:00:00.000Z',
      },
    );
    for (const secret of [token, made.token]) assert.equal(JSON.stringify(before).includes(secret), false);
  });

  it('shows those of others to who outranks them', async () => {
    await farm.addUser('vera');
    const clerk = await farm.addUser('clara', { rights: ['manage-people'] });
    const sven = await farm.addUser('sven');

    assert.equal((await clerk.tokenGetList({ user: 'vera' })).tokens.length, 1);
    await assertRefused(
      sven,
      'tokenGetList',
      'forbidden',
      { rule: 'it needs the right manage-people' },
      { user: 'vera' },
    );
    await assertRefused(clerk, 'tokenGetList', 'not-found', { what: 'user' }, { user: 'ghost' });
  });
});

describe('tokenRevoke', () => {
  it('makes a token void within thirty seconds', async () => {
    const { id, token } = await farm.admin.tokenAdd({ description: 'leaked', days: null });
    const thief = farm.clientWith(token);
    await thief.whoAmI({});

    await farm.admin.tokenRevoke({ id });
    farm.clock.advance(30_000);

    await assert.rejects(thief.whoAmI({}), { code: 'unauthenticated' });
    assert.equal(
      (await farm.admin.tokenGetList({})).tokens.some((listed) => listed.id === id),
      false,
    );
  });

  it('refuses a token that is not there, and one of who has more', async () => {
    await farm.addUser('chief', { isAdmin: true });
    const clerk = await farm.addUser('cleo', { rights: ['manage-people'] });
    const { id } = await farm.admin.tokenAdd({ user: 'chief', description: 'x', days: 1 });

    await assertRefusedWhole(farm, 'tokenRevoke', 'not-found', { what: 'token', id: 'x' }, { id: 'x' });
    await assertRefusedWhole(
      farm,
      'tokenRevoke',
      'forbidden',
      { rule: 'only administrators change administrators' },
      { user: 'chief', id },
      clerk,
    );
  });
});

describe('logout', () => {
  it('revokes the token of the call and no other', async () => {
    const logIn = async () =>
      farm.clientWith((await nobody.login({ name: 'admin', password: ADMIN_PASSWORD })).token);
    const [leaving, staying] = [await logIn(), await logIn()];

    await leaving.logout({});
    farm.clock.advance(30_000);

    await assert.rejects(leaving.whoAmI({}), { code: 'unauthenticated' });
    await staying.whoAmI({});
  });
});

describe('passwordChange', () => {
  it('changes the password, voids every token and gives a new one', async () => {
    await farm.admin.userAdd({ user: { name: 'anna', password: 'old' } });
    const { token } = await nobody.login({ name: 'anna', password: 'old' });

    const changed = await farm.clientWith(token).passwordChange({ password: 'old', newPassword: 'better' });
    farm.clock.advance(30_000);

    assert.equal((await farm.clientWith(changed.token).whoAmI({})).name, 'anna');
    await assert.rejects(farm.clientWith(token).whoAmI({}), { code: 'unauthenticated' });
    await assert.rejects(nobody.login({ name: 'anna', password: 'old' }), { code: 'login-refused' });
    await nobody.login({ name: 'anna', password: 'better' });
  });

  it('refuses a wrong password, ten times', async () => {
    await farm.admin.userAdd({ user: { name: 'rosa', password: 'right' } });
    const { token } = await nobody.login({ name: 'rosa', password: 'right' });
    const change = { password: 'wrong', newPassword: 'mine' };

    for (let attempt = 0; attempt < 10; attempt += 1)
      await assertRefused(farm.clientWith(token), 'passwordChange', 'login-refused', {}, change);

    await assertRefused(farm.clientWith(token), 'passwordChange', 'too-many-logins', {}, change);
  });
});
