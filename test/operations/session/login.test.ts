import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ADMIN_PASSWORD } from '../../support/aUser.ts';
import { freePort } from '../../support/directoryServer.ts';
import { assertRefused } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';
import { startFarm } from '../../support/startFarm.ts';

const farm = await sharedFarm();
const nobody = farm.clientWith(undefined);

describe('passwordChange', () => {
  it('refuses a user of a directory, whose password is there', async () => {
    const olga = await farm.addUser('@directory@olga');

    await assertRefused(
      olga,
      'passwordChange',
      'transition-refused',
      { id: '@directory@olga', rule: 'change the one in the directory instead' },
      { password: ADMIN_PASSWORD, newPassword: 'another' },
    );
  });
});

describe('login', () => {
  it('gives a token that is good for thirty days', async () => {
    const { token, expiresAt } = await nobody.login({ name: 'admin', password: ADMIN_PASSWORD });

    assert.equal(expiresAt, '2026-01-31T00:00:00.000Z');
    assert.match(token, /^[\w-]{24,}$/);
    assert.equal((await farm.clientWith(token).whoAmI({})).name, 'admin');
  });

  it('gives another token each time, and all are good', async () => {
    const [one, two] = [
      await nobody.login({ name: 'admin', password: ADMIN_PASSWORD }),
      await nobody.login({ name: 'admin', password: ADMIN_PASSWORD }),
    ];

    assert.notEqual(one.token, two.token);
    await farm.clientWith(one.token).whoAmI({});
    await farm.clientWith(two.token).whoAmI({});
  });

  it('takes a password in any Unicode form of the same text', async () => {
    await farm.admin.userAdd({ user: { name: 'zo\u00eb', password: 'caf\u00e9' } });

    const { token } = await nobody.login({ name: 'zo\u00eb', password: 'cafe\u0301' });

    assert.equal((await farm.clientWith(token).whoAmI({})).name, 'zo\u00eb');
  });

  it('refuses a wrong password and an unknown name alike', async () => {
    for (const input of [
      { name: 'admin', password: 'wrong' },
      { name: 'nobody', password: ADMIN_PASSWORD },
    ])
      await assertRefused(nobody, 'login', 'login-refused', {}, input);
  });

  it('refuses whom it does not know while a directory does not answer, and lets in whom it knows', async (t) => {
    const own = await startFarm(t);
    const stranger = own.clientWith(undefined);
    const urls = [`ldap://127.0.0.1:${await freePort()}`];
    await own.admin.systemSetLDAPConfiguration({
      configuration: { enabled: true, urls, baseDn: 'dc=example' },
    });
    own.clock.advance(5_000);

    await assertRefused(
      stranger,
      'login',
      'directory-unavailable',
      {},
      { name: 'olga', password: 'of olga' },
    );
    const { token } = await stranger.login({ name: 'admin', password: ADMIN_PASSWORD });

    assert.equal((await own.clientWith(token).whoAmI({})).name, 'admin');
  });

  it('ends with its time to the second, even for a process that has just used the token', async (t) => {
    const aging = await startFarm(t);
    const { token } = await aging.clientWith(undefined).login({ name: 'admin', password: ADMIN_PASSWORD });
    const client = aging.clientWith(token);
    aging.clock.advance(30 * 86_400_000 - 1_000);
    await client.whoAmI({});

    aging.clock.advance(1_000);

    await assert.rejects(client.whoAmI({}), { code: 'unauthenticated' });
  });
});
