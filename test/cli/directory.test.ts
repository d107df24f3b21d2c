import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ADMIN_PASSWORD } from '../support/aUser.ts';
import { directoryPrograms, person, startDirectory } from '../support/directoryServer.ts';
import { itWith } from '../support/renderers.ts';
import { startFarm } from '../support/startFarm.ts';
import { aLoggedInRollcall, aRollcall } from './rollcall.ts';

describe('rollcall system ldap', () => {
  itWith(directoryPrograms, 'sets up a directory whose users log in', async (t) => {
    const directory = await startDirectory(t, person('olga'));
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const olga = aRollcall(t);
    const { urls = [], bindDn = '', bindPassword, baseDn = '' } = directory.configuration;
    await farm.admin.groupAdd({ group: { name: 'lighters' } });

    const set = await rollcall.run(
      [
        ...['system', 'ldap', 'set', '--enable', '--urls', urls.join(','), '--base-dn', baseDn],
        ...['--bind-dn', bindDn, '--bind-password-stdin', '--group', 'lighters=cn=render,dc=example,dc=com'],
        ...['--timeout', '3'],
      ],
      { input: `${bindPassword}\n` },
    );
    const got = await rollcall.run(['system', 'ldap', 'get']);
    farm.clock.advance(5_000);
    const logIn = (name: string, password: string, ...more: readonly string[]) =>
      olga.run(['--url', farm.url, 'login', name, '--password-stdin', ...more], { input: password });
    const inside = await logIn('olga', 'of olga');
    const outside = await logIn('olga', 'of olga', '--local');
    const local = await logIn('admin', ADMIN_PASSWORD, '--local');

    assert.deepEqual([set.stdout, set.stderr, set.code], ['Changed how the directory is asked.\n', '', 0]);
    assert.equal(
      got.stdout,
      `Enabled         yes
Servers         ${urls}
StartTLS        no
Trusts          public authorities
Searches as     cn=rollcall,dc=example,dc=com
Password        kept
Users below     dc=example,dc=com
User filter     (&(objectClass=person)(uid={name}))
Name attribute  uid
Groups below    dc=example,dc=com
Group filter    (member={dn})
Group lighters  cn=render,dc=example,dc=com
Order           local-first
Answers within  3 s
`,
    );
    assert.match(inside.stdout, /^Logged in to .* as olga/);
    assert.deepEqual([outside.code, local.code], [4, 0]);
  });

  it('says what it cannot do', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);

    const nothing = await rollcall.run(['system', 'ldap', 'set']);
    const both = await rollcall.run(['system', 'ldap', 'set', '--enable', '--disable']);
    const group = await rollcall.run(['system', 'ldap', 'set', '--group', 'lighters']);
    const open = await rollcall.run(['system', 'ldap', 'set', '--urls', 'ldap://ldap.example.com']);

    assert.deepEqual(
      [nothing.stderr, both.stderr].map((text) => text.trim()),
      [
        'rollcall: say what to change, such as --urls or --enable',
        'rollcall: give --enable or --disable, not both',
      ],
    );
    assert.match(group.stderr, /It must be GROUP=DN, or 'none'/);
    assert.match(open.stderr, /would carry passwords in clear/);
  });

  it('tries settings until the next soft restart', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);

    const set = await rollcall.run(['system', 'ldap', 'set', '--base-dn', 'dc=tried', '--until-restart']);

    const { permanent, temporary } = await farm.context.ldapSettings.getSettings();
    assert.equal(set.stdout, 'Changed how the directory is asked, until the next soft restart.\n');
    assert.deepEqual([temporary.baseDn, permanent.baseDn], ['dc=tried', '']);
  });
});
