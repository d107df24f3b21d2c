/** Logging in by a real provider of identities, over HTTP. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { farmState } from '../../support/farmState.ts';
import { CLIENT_SECRET, CONSOLE_ADDRESS, startIdentityProvider } from '../../support/identityProvider.ts';
import { assertRefused } from '../../support/refusal.ts';
import { farmWithProvider, LOCAL_ADDRESS } from '../../support/withProvider.ts';

const MINUTE = 60_000;
const unproved = {
  code: 'sso-refused',
  status: 401,
  details: { reason: 'the provider of identities has not proved who you are' },
};
const unknown = {
  code: 'sso-refused',
  details: { reason: 'it was not begun here, has been ended before, or has taken more than ten minutes' },
};

describe('a login by a provider of identities', () => {
  it('makes the user with the first one and knows them at the next', async (t) => {
    const farm = await farmWithProvider(t);
    farm.identity.person = { preferred_username: 'olga', name: 'Olga O.', email: 'olga@example.com' };

    const first = await farm.whoLogsIn();
    const second = await farm.whoLogsIn();

    const { user } = await farm.admin.userGet({ name: '@sso@olga' });
    assert.deepEqual([first.name, second.name], ['@sso@olga', '@sso@olga']);
    assert.deepEqual([user.description, user.email, user.isAdmin], ['Olga O.', 'olga@example.com', false]);
  });

  it('asks the provider about itself once in ten minutes, and again for other settings', async (t) => {
    const farm = await farmWithProvider(t);
    const askedBy = async (work: () => Promise<unknown>): Promise<number> => {
      const before = farm.identity.discoveryCount;
      await work();
      return farm.identity.discoveryCount - before;
    };

    const first = await askedBy(farm.whoLogsIn);
    farm.clock.advance(10 * MINUTE - 1);
    const kept = await askedBy(farm.whoLogsIn);
    farm.clock.advance(1);
    const late = await askedBy(farm.whoLogsIn);
    await farm.setProvider({ scopes: ['openid'], nameClaim: 'sub' });
    const other = await askedBy(farm.comeBack);

    assert.deepEqual([first, kept, late, other], [1, 0, 1, 1]);
  });

  it('goes back to an address of the settings too', async (t) => {
    const farm = await farmWithProvider(t, { returnAddresses: [CONSOLE_ADDRESS] });

    const { token } = await farm.finish(await farm.comeBack(CONSOLE_ADDRESS));

    assert.equal((await farm.clientWith(token).whoAmI({})).name, '@sso@olga');
  });

  it('gives a token for as long as it is asked for', async (t) => {
    const farm = await farmWithProvider(t);
    const { state, callback } = await farm.comeBack();

    const { expiresAt } = await farm.clientWith(undefined).oidcLoginFinish({ state, callback, hours: 2 });

    assert.equal(expiresAt, '2026-01-01T02:00:05.000Z');
  });

  it('follows the mapping of groups, anew at each login', async (t) => {
    const farm = await farmWithProvider(t);
    for (const name of ['lighters', 'wranglers']) await farm.admin.groupAdd({ group: { name } });
    await farm.setProvider({
      groups: [
        { providerGroup: '/render/lighting', group: 'lighters' },
        { providerGroup: 'Wranglers', group: 'wranglers' },
      ],
    });
    const groupsOf = async (groups: unknown): Promise<readonly string[]> => {
      farm.identity.person = { preferred_username: 'olga', groups };
      return (await farm.whoLogsIn()).groups;
    };

    const both = await groupsOf(['/render/lighting', 'Wranglers', 'elsewhere']);
    const text = await groupsOf('Wranglers');
    const otherCase = await groupsOf(['wranglers']);
    const broken = await groupsOf({ lighters: true });

    assert.deepEqual([both, text, otherCase, broken], [['lighters', 'wranglers'], ['wranglers'], [], []]);
  });

  it('takes the name from the claim of the settings, a mail address only if it is verified', async (t) => {
    const farm = await farmWithProvider(t, { nameClaim: 'email' });
    farm.identity.person = { sub: 'olga', email: 'olga@example.com', email_verified: true };
    const verified = await farm.whoLogsIn();

    farm.identity.person = { sub: 'mallory', email: 'olga@example.com', email_verified: false };

    assert.equal(verified.name, '@sso@olga@example.com');
    await assert.rejects(farm.whoLogsIn(), unproved);
  });

  it('asks as a client without a secret where there is none', async (t) => {
    const farm = await farmWithProvider(t, { clientSecret: null });

    // This provider knows Rollcall by a secret, so it is refused.
    await assert.rejects(farm.whoLogsIn(), { code: 'sso-unavailable' });
  });

  it('writes neither secrets, codes nor tokens into the log or the tables', async (t) => {
    const farm = await farmWithProvider(t);
    const arrival = await farm.comeBack();
    const code = new URLSearchParams(arrival.callback).get('code') ?? '';

    const kept = farmState(farm);
    const { token } = await farm.finish(arrival);
    await assert.rejects(farm.finish(arrival), unknown);
    farm.identity.person = null;
    await assert.rejects(farm.whoLogsIn(), unproved);

    const written = JSON.stringify([farm.logged, kept, farmState(farm)]);
    for (const secret of [CLIENT_SECRET, arrival.state, code, token])
      assert.equal(written.includes(secret), false);
    assert.equal(arrival.address.includes(arrival.state), false);
    assert.equal(arrival.callback.includes(arrival.state), false);
  });
});

describe('a login by a provider of identities is refused', () => {
  it('once it was ended, with its token or without', async (t) => {
    const farm = await farmWithProvider(t);
    const arrival = await farm.comeBack();
    const another = await farm.comeBack();
    await farm.finish(arrival);
    await assert.rejects(farm.finish({ ...another, callback: 'code=none' }), unproved);

    await assert.rejects(farm.finish(arrival), unknown);
    await assert.rejects(farm.finish(another), unknown);
  });

  it('for all but one of many ends at once', async (t) => {
    const farm = await farmWithProvider(t);
    const arrival = await farm.comeBack();

    const ends = await Promise.allSettled([1, 2, 3, 4].map(() => farm.finish(arrival)));

    assert.equal(ends.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  it('after more than ten minutes', async (t) => {
    const farm = await farmWithProvider(t);
    const early = await farm.comeBack();
    const late = await farm.comeBack();

    farm.clock.advance(10 * MINUTE - 1_000);
    const { token } = await farm.finish(early);
    farm.clock.advance(1_000);

    assert.notEqual(token, '');
    await assert.rejects(farm.finish(late), unknown);
  });

  it('with a secret that nobody was given, and with the state that the browser carried', async (t) => {
    const farm = await farmWithProvider(t);
    const { callback } = await farm.comeBack();
    const carried = new URLSearchParams(callback).get('state') ?? '';

    await assert.rejects(farm.finish({ state: 'a guess', callback }), unknown);
    await assert.rejects(farm.finish({ state: carried, callback }), unknown);
  });

  it('with what another login has brought', async (t) => {
    const farm = await farmWithProvider(t);
    const [one, other] = [await farm.comeBack(), await farm.comeBack()];

    await assert.rejects(farm.finish({ state: one.state, callback: other.callback }), unproved);
    // Its code was not used up by that.
    const { token } = await farm.finish(other);

    assert.notEqual(token, '');
  });

  it('with the code of another login under its own state', async (t) => {
    const farm = await farmWithProvider(t);
    const [one, other] = [await farm.comeBack(), await farm.comeBack()];
    const mixed = new URLSearchParams(one.callback);
    mixed.set('code', new URLSearchParams(other.callback).get('code') ?? '');

    await assert.rejects(farm.finish({ state: one.state, callback: mixed.toString() }), unproved);
  });

  const tampered: readonly [what: string, (claims: Readonly<Record<string, unknown>>) => object][] = [
    ['for another login', (claims) => ({ ...claims, nonce: 'of another login' })],
    ['without a nonce', ({ nonce: _, ...claims }) => claims],
    ['for another audience', (claims) => ({ ...claims, aud: 'another program' })],
    ['of another issuer', (claims) => ({ ...claims, iss: 'https://elsewhere.example.com' })],
    ['that has expired', (claims) => ({ ...claims, exp: Number(claims['iat']) - 3_600 })],
  ];
  for (const [what, tamper] of tampered) {
    it(`with a token ${what}`, async (t) => {
      const farm = await farmWithProvider(t);
      farm.identity.tamper = (claims) => tamper(claims) as Readonly<Record<string, unknown>>;

      await assert.rejects(farm.whoLogsIn(), unproved);

      assert.equal(farm.logged.filter(({ event }) => event === 'sso-refused').length, 1);
      await assert.rejects(farm.admin.userGet({ name: '@sso@olga' }), { code: 'not-found' });
    });
  }

  it('with a token that the provider has not signed', async (t) => {
    const farm = await farmWithProvider(t);
    farm.identity.isForged = true;

    await assert.rejects(farm.whoLogsIn(), unproved);
  });

  it('to who does not say who they are there, and to who has no name', async (t) => {
    const farm = await farmWithProvider(t);
    farm.identity.person = null;
    await assert.rejects(farm.whoLogsIn(), unproved);

    farm.identity.person = { sub: 'somebody' };

    await assert.rejects(farm.whoLogsIn(), unproved);
  });

  it('to who is disabled here', async (t) => {
    const farm = await farmWithProvider(t);
    await farm.whoLogsIn();
    await farm.admin.userConfigure({ user: { name: '@sso@olga', isEnabled: false } });

    await assert.rejects(farm.whoLogsIn(), {
      code: 'sso-refused',
      details: { reason: 'you may not log in here' },
    });
  });

  it('to another account that has got the name, until an administrator removes the user', async (t) => {
    const farm = await farmWithProvider(t);
    farm.identity.person = { sub: 'account 1', preferred_username: 'olga' };
    const { token } = await farm.finish(await farm.comeBack());
    await farm.admin.userConfigure({ user: { name: '@sso@olga', rights: ['manage-pools'] } });
    farm.identity.person = { sub: 'account 2', preferred_username: 'olga' };

    await assert.rejects(farm.whoLogsIn(), {
      code: 'sso-refused',
      details: {
        reason:
          'user @sso@olga is another account of the provider, and an administrator frees the name by removing that user',
      },
    });

    const { issuer } = farm.identity;
    assert.deepEqual(
      farm.logged.filter(({ event }) => event === 'sso-taken'),
      [
        {
          level: 'warn',
          event: 'sso-taken',
          user: '@sso@olga',
          issuer,
          subject: 'account 2',
          knownIssuer: issuer,
          known: 'account 1',
        },
      ],
    );
    assert.deepEqual((await farm.clientWith(token).whoAmI({})).rights, ['manage-pools']);

    await farm.admin.userRemove({ name: '@sso@olga' });
    farm.clock.advance(30_000);
    const { token: another } = await farm.finish(await farm.comeBack());

    assert.deepEqual((await farm.clientWith(another).whoAmI({})).rights, []);
    await assert.rejects(farm.clientWith(token).whoAmI({}), { code: 'unauthenticated' });
    farm.identity.person = { sub: 'account 1', preferred_username: 'olga' };
    await assert.rejects(farm.whoLogsIn(), { code: 'sso-refused' });
  });

  it('a password of the farm, and a user of that name made by hand', async (t) => {
    const farm = await farmWithProvider(t);
    const { token } = await farm.finish(await farm.comeBack());
    const id = '@sso@olga';

    await assertRefused(
      farm.clientWith(token),
      'passwordChange',
      'transition-refused',
      { id, rule: 'change the one at the provider instead' },
      { password: 'none', newPassword: 'another' },
    );
    await assertRefused(
      farm.admin,
      'userAdd',
      'invalid-input',
      {
        field: 'user.name',
        rule: 'must not begin with @directory@ or @sso@: these users are added by their first login',
      },
      { user: { name: '@sso@anna' } },
    );
  });

  it('to the same name of another provider', async (t) => {
    const farm = await farmWithProvider(t);
    await farm.whoLogsIn();
    const another = await startIdentityProvider(t);
    await farm.setProvider(another.configuration);

    const { state, address } = await farm
      .clientWith(undefined)
      .oidcLoginBegin({ returnAddress: LOCAL_ADDRESS });
    const callback = new URL(await another.browse(address)).search.slice(1);

    await assert.rejects(farm.finish({ state, callback }), { code: 'sso-refused' });
  });

  it('to all but one of two accounts that come first with one name', async (t) => {
    const farm = await farmWithProvider(t);
    const arrivals = [];
    for (const sub of ['account 1', 'account 2']) {
      farm.identity.person = { sub, preferred_username: 'olga' };
      arrivals.push(await farm.comeBack());
    }
    // Whom the code is for says which account it is; the rest is told of who sits there last.
    farm.identity.person = { preferred_username: 'olga' };

    const ends = await Promise.allSettled(arrivals.map(farm.finish));

    assert.deepEqual(ends.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  });

  const elsewhere = [
    'https://evil.example.com/login',
    `${CONSOLE_ADDRESS}/more`,
    'http://console.example.com/login',
    'http://127.0.0.1.example.com/callback',
    'http://localhost:40000/callback',
    'https://127.0.0.1/callback',
    'http://127.0.0.1:40000/callback?next=elsewhere',
    'http://127.0.0.1@evil.example.com/callback',
    'javascript:alert(1)',
  ];
  for (const returnAddress of elsewhere) {
    it(`where it would come back to ${returnAddress}`, async (t) => {
      const farm = await farmWithProvider(t, { returnAddresses: [CONSOLE_ADDRESS] });

      await assert.rejects(farm.clientWith(undefined).oidcLoginBegin({ returnAddress }), {
        code: 'invalid-input',
      });
    });
  }

  it('after 200 from one address that came to nothing, until the window is over', async (t) => {
    const farm = await farmWithProvider(t);
    const arrival = await farm.comeBack();
    for (let tries = 1; tries < 200; tries += 1)
      await assert.rejects(farm.finish({ state: 'a guess', callback: 'code=none' }), unknown);

    await assert.rejects(farm.finish(arrival), {
      code: 'too-many-logins',
      details: { until: '2026-01-01T00:15:00.000Z' },
    });
    farm.clock.advance(15 * MINUTE);

    assert.equal((await farm.whoLogsIn()).name, '@sso@olga');
  });

  it('while it is turned off, also in between', async (t) => {
    const farm = await farmWithProvider(t);
    const arrival = await farm.comeBack();

    await farm.setProvider({ enabled: false });

    await assert.rejects(farm.finish(arrival), { code: 'transition-refused' });
    await assert.rejects(farm.comeBack(), { code: 'transition-refused' });
  });
});

describe('a provider of identities that cannot be asked', () => {
  it('lets nobody begin or end a login by it, and users of the farm log in', async (t) => {
    const farm = await farmWithProvider(t);
    const arrival = await farm.comeBack();
    await farm.identity.stop();

    await assert.rejects(farm.finish(arrival), { code: 'sso-unavailable', status: 503, retryable: false });
    farm.clock.advance(10 * MINUTE);
    await assert.rejects(farm.comeBack(), { code: 'sso-unavailable' });

    const lines = farm.logged.filter(({ event }) => event === 'sso-unavailable');
    assert.equal(lines.length, 2);
    assert.match(String(lines[0]?.['error']), /ECONNREFUSED/);
    assert.equal((await farm.admin.whoAmI({})).name, 'admin');
  });

  it('is one that calls itself something else', async (t) => {
    const farm = await farmWithProvider(t);
    const { port } = new URL(farm.identity.issuer);
    await farm.setProvider({ issuer: `http://[::1]:${port}` });

    await assert.rejects(farm.comeBack(), { code: 'sso-unavailable' });
  });
});
