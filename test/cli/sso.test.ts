import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { CLIENT_SECRET, startIdentityProvider } from '../support/identityProvider.ts';
import { startFarm } from '../support/startFarm.ts';
import { aLoggedInRollcall, aRollcall, type Running } from './rollcall.ts';

/** The address that the program tells, once it does. */
function addressOf({ process }: Running): Promise<string> {
  let noted = '';
  return new Promise((resolve, reject) => {
    process.stderr?.on('data', (text) => {
      noted += text;
      const [, address] = /^(http:\S+)\n/m.exec(noted) ?? [];
      if (address !== undefined) resolve(address);
    });
    process.once('close', () => reject(new Error(noted)));
  });
}

async function farmWithProvider(t: TestContext) {
  const identity = await startIdentityProvider(t);
  const farm = await startFarm(t);
  await farm.admin.systemSetOIDCConfiguration({ configuration: identity.configuration });
  farm.clock.advance(5_000);
  return { farm, identity };
}

describe('rollcall login --sso', () => {
  it('tells where to go, and is logged in once the browser has come back', async (t) => {
    const { farm, identity } = await farmWithProvider(t);
    const rollcall = aRollcall(t);
    const running = rollcall.start(['login', '--sso', '--url', farm.url]);

    const arrival = await identity.browse(await addressOf(running));
    const { origin } = new URL(arrival);
    const stranger = await fetch(`${origin}/callback?code=guessed&state=guessed`);
    const page = await fetch(arrival);
    const text = await page.text();
    const ended = await running.ended;
    const who = await rollcall.run(['whoami']);

    assert.deepEqual([stranger.status, page.status], [404, 200]);
    assert.match(text, /You can close this window/);
    assert.match(ended.stdout, /^Logged in to http:\S+ as @sso@olga, until 2026-01-31 00:00:05\.\n$/);
    assert.deepEqual([ended.code, who.stdout.split('\n')[0]], [0, `@sso@olga on ${farm.url}`]);
  });

  it('says that the provider has not let them in', async (t) => {
    const { farm, identity } = await farmWithProvider(t);
    identity.person = null;
    const running = aRollcall(t).start(['login', '--sso', '--url', farm.url]);

    await fetch(await identity.browse(await addressOf(running)));
    const { code, stdout, stderr } = await running.ended;

    assert.deepEqual([code, stdout], [4, '']);
    assert.match(
      stderr,
      /rollcall: The login is refused: the provider of identities has not proved who you are/,
    );
  });

  it('ends with Ctrl-C, and nobody listens any more', async (t) => {
    const { farm, identity } = await farmWithProvider(t);
    const running = aRollcall(t).start(['login', '--sso', '--url', farm.url]);
    const arrival = await identity.browse(await addressOf(running));

    running.process.kill('SIGINT');

    assert.equal((await running.ended).code, 130);
    await assert.rejects(fetch(arrival), TypeError);
  });

  it('says at once what cannot be', async (t) => {
    const farm = await startFarm(t);
    const rollcall = aRollcall(t);

    const off = await rollcall.run(['login', '--sso', '--url', farm.url]);
    const user = await rollcall.run(['login', 'olga', '--sso', '--url', farm.url]);

    assert.match(off.stderr, /an administrator turns it on/);
    assert.equal(
      user.stderr,
      'rollcall: --sso takes no user, password or --local: the browser asks who you are\n',
    );
  });
});

describe('rollcall system oidc', () => {
  it('sets up a provider and shows it without its secret', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    await farm.admin.groupAdd({ group: { name: 'lighters' } });

    const set = await rollcall.run(
      [
        ...[
          'system',
          'oidc',
          'set',
          '--enable',
          '--issuer',
          'https://id.example.com',
          '--client-id',
          'rollcall',
        ],
        ...['--client-secret-stdin', '--scopes', 'openid,groups', '--name-claim', 'upn'],
        ...['--group', 'lighters=/render/lighting', '--return-address', 'https://console.example.com/login'],
      ],
      { input: `${CLIENT_SECRET}\n` },
    );
    const got = await rollcall.run(['system', 'oidc', 'get']);
    const none = await rollcall.run([
      ...[
        'system',
        'oidc',
        'set',
        '--group',
        'none',
        '--return-address',
        'none',
        '--disable',
        '--until-restart',
      ],
    ]);

    assert.deepEqual(
      [set.stdout, set.stderr, set.code],
      ['Changed the provider that users log in by.\n', '', 0],
    );
    assert.equal(
      got.stdout,
      `Enabled         yes
Issuer          https://id.example.com
Client          rollcall
Client secret   kept
Scopes          openid, groups
Name claim      upn
Groups claim    groups
Group lighters  /render/lighting
Returns to      this machine, https://console.example.com/login
`,
    );
    assert.equal(none.stdout, 'Changed the provider that users log in by, until the next soft restart.\n');
    const { permanent, temporary } = await farm.context.oidcSettings.getSettings();
    assert.deepEqual([temporary.groups, temporary.returnAddresses, temporary.enabled], [[], [], false]);
    assert.deepEqual([permanent.returnAddresses.length, permanent.enabled], [1, true]);
  });

  it('says what it cannot do', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);

    const nothing = await rollcall.run(['system', 'oidc', 'set']);
    const both = await rollcall.run(['system', 'oidc', 'set', '--enable', '--disable']);
    const group = await rollcall.run(['system', 'oidc', 'set', '--group', 'lighters']);

    assert.deepEqual(
      [nothing.stderr, both.stderr],
      [
        'rollcall: say what to change, such as --issuer or --enable\n',
        'rollcall: give --enable or --disable, not both\n',
      ],
    );
    assert.match(group.stderr, /It must be GROUP=THEIRS, or 'none'/);
  });
});
