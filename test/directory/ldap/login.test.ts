import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { ADMIN_PASSWORD } from '../../support/aUser.ts';
import {
  BASE,
  directoryPrograms,
  GROUPS,
  groupOf,
  PEOPLE,
  person,
  startDirectory,
} from '../../support/directoryServer.ts';
import { changedItems, farmState } from '../../support/farmState.ts';
import { startIdentityProvider } from '../../support/identityProvider.ts';
import { assertRefused } from '../../support/refusal.ts';
import { itWith } from '../../support/renderers.ts';
import { farmWithDirectory } from '../../support/withDirectory.ts';
import { LOCAL_ADDRESS } from '../../support/withProvider.ts';

const refused = { code: 'login-refused' };
const withDirectory = (sentence: string, run: Parameters<typeof itWith>[2]): void =>
  itWith(directoryPrograms, sentence, run);

describe('a login by a directory', () => {
  withDirectory('makes a user of its own name, with what the directory says of them', async (t) => {
    const farm = await farmWithDirectory(t, await startDirectory(t, person('olga')));

    assert.equal(await farm.whoLogsIn('olga', 'of olga'), '@directory@olga');

    const { user } = await farm.admin.userGet({ name: '@directory@olga' });
    assert.deepEqual(user, {
      name: '@directory@olga',
      description: 'olga of the directory',
      email: 'olga@example.com',
      isAdmin: false,
      isEnabled: true,
      groups: [],
      rights: [],
      pools: [],
      maximumPriority: null,
      version: 1,
    });
  });

  withDirectory('takes the name in any case, and as lists show it, for the same user', async (t) => {
    const farm = await farmWithDirectory(t, await startDirectory(t, person('olga')));

    for (const name of ['olga', 'OLGA', '@directory@olga'])
      assert.equal(await farm.whoLogsIn(name, 'of olga'), '@directory@olga');

    const { users } = await farm.admin.userGetList({});
    assert.deepEqual(
      users.map(({ name, version }) => [name, version]),
      [
        ['@directory@olga', 1],
        ['admin', 1],
      ],
    );
  });

  withDirectory('refuses a wrong password, a name that nobody has and one that two have alike', async (t) => {
    const twin = person('twin').replace(`,${PEOPLE}`, `,${GROUPS}`);
    const directory = await startDirectory(t, person('olga'), person('twin'), twin);
    const farm = await farmWithDirectory(t, directory);
    const nobody = farm.clientWith(undefined);
    const before = directory.asked.length;

    for (const [name, password] of [
      ['olga', 'wrong'],
      ['nobody', 'wrong'],
      ['twin', 'of twin'],
    ] as const)
      await assertRefused(nobody, 'login', 'login-refused', {}, { name, password });

    // Each is a search by the service and a bind.
    const verbs = directory.asked.slice(before).map((operation) => operation.split(' ')[0]);
    assert.deepEqual(verbs, Array.from({ length: 3 }, () => ['BIND', 'BIND', 'SRCH', 'BIND']).flat());
  });

  withDirectory('never succeeds without a password, which a server would let in', async (t) => {
    const directory = await startDirectory(t, person('olga'));
    const farm = await farmWithDirectory(t, directory);
    const before = directory.asked.length;

    await assert.rejects(farm.whoLogsIn('olga', ''), { code: 'invalid-input' });

    const { ldapDirectory } = await import('../../../shared/directory/ldapDirectory.ts');
    const configuration = await farm.context.ldapSettings.get();
    const answer = await ldapDirectory(configuration, 'of the service').authenticate('olga', '');
    assert.equal(answer, undefined);
    assert.deepEqual(directory.asked.slice(before), []);
  });

  withDirectory('takes what was typed as a name and as nothing else', async (t) => {
    const farm = await farmWithDirectory(t, await startDirectory(t, person('olga')));
    const names = [
      '*',
      'ol*',
      'olga)(uid=*',
      '*)(objectClass=*',
      'olga\\2a',
      '{dn}',
      'x)(|(uid=olga',
      '$&olga',
    ];

    for (const name of names) await assert.rejects(farm.whoLogsIn(name, 'of olga'), refused, name);
  });

  withDirectory('finds names with signs that filters use', async (t) => {
    const odd = `
dn: cn=odd,${PEOPLE}
objectClass: inetOrgPerson
uid: o(d)d*\\zo\u00eb
cn: odd
sn: odd
userPassword: of odd
`;
    const farm = await farmWithDirectory(t, await startDirectory(t, odd));

    assert.equal(await farm.whoLogsIn('o(d)d*\\zo\u00eb', 'of odd'), '@directory@o(d)d*\\zo\u00eb');
  });

  withDirectory('gives nobody the name of a user of the farm', async (t) => {
    const farm = await farmWithDirectory(t, await startDirectory(t, person('admin')));

    const names = [await farm.whoLogsIn('admin', ADMIN_PASSWORD), await farm.whoLogsIn('admin', 'of admin')];

    assert.deepEqual(names, ['admin', '@directory@admin']);
  });

  withDirectory('is looked at ten times for a name, however it is spelled', async (t) => {
    const farm = await farmWithDirectory(t, await startDirectory(t, person('olga')));
    const spellings = ['olga', 'OLGA', ' olga', 'Olga ', '@directory@olga'];
    for (const name of [...spellings, ...spellings])
      await assert.rejects(farm.whoLogsIn(name, 'wrong'), refused);

    await assert.rejects(farm.whoLogsIn('oLgA', 'of olga'), { code: 'too-many-logins' });
  });

  withDirectory('refuses who is disabled here', async (t) => {
    const farm = await farmWithDirectory(t, await startDirectory(t, person('olga')));
    await farm.whoLogsIn('olga', 'of olga');
    await farm.admin.userConfigure({ user: { name: '@directory@olga', isEnabled: false } });

    await assert.rejects(farm.whoLogsIn('olga', 'of olga'), refused);
  });

  withDirectory('keeps what a user was given here', async (t) => {
    const farm = await farmWithDirectory(t, await startDirectory(t, person('olga')));
    await farm.whoLogsIn('olga', 'of olga');
    await farm.admin.userConfigure({
      user: { name: '@directory@olga', rights: ['manage-pools'], isAdmin: true },
    });

    await farm.whoLogsIn('olga', 'of olga');

    const { user } = await farm.admin.userGet({ name: '@directory@olga' });
    assert.deepEqual([user.rights, user.isAdmin, user.version], [['manage-pools'], true, 2]);
  });

  withDirectory('makes one user of two first logins at once', async (t) => {
    const farm = await farmWithDirectory(t, await startDirectory(t, person('olga')));

    const names = await Promise.all(Array.from({ length: 4 }, () => farm.whoLogsIn('olga', 'of olga')));

    assert.deepEqual(new Set(names), new Set(['@directory@olga']));
    assert.equal((await farm.admin.userGet({ name: '@directory@olga' })).user.version, 1);
  });
});

describe('groups of users of a directory', () => {
  withDirectory('are those of the mapping, anew at each login', async (t) => {
    const directory = await startDirectory(
      t,
      person('olga'),
      groupOf('Render', 'olga'),
      groupOf('other', 'olga'),
    );
    const farm = await farmWithDirectory(t, directory);
    for (const name of ['lighters', 'night', 'by hand']) await farm.admin.groupAdd({ group: { name } });
    const groups = async () => {
      await farm.whoLogsIn('olga', 'of olga');
      return (await farm.admin.userGet({ name: '@directory@olga' })).user.groups;
    };
    const unmapped = await groups();
    await farm.setDirectory({
      groups: [
        // As another server may spell it.
        { directoryGroup: `CN=render, OU=groups, ${BASE.toUpperCase()}`, group: 'lighters' },
        { directoryGroup: `cn=render,${GROUPS}`, group: 'night' },
        { directoryGroup: `cn=nobody,${GROUPS}`, group: 'by hand' },
      ],
    });
    await farm.admin.userConfigure({ user: { name: '@directory@olga', groups: ['by hand'] } });

    const mapped = await groups();
    await farm.admin.groupRemove({ name: 'night' });
    const less = await groups();
    await farm.setDirectory({ groups: [] });

    assert.deepEqual([unmapped, mapped, less, await groups()], [[], ['lighters', 'night'], ['lighters'], []]);
  });
});

describe('users of the farm', () => {
  withDirectory('log in without the directory being asked, while they come first', async (t) => {
    const directory = await startDirectory(t, person('olga'));
    const farm = await farmWithDirectory(t, directory);
    const before = directory.asked.length;

    await farm.whoLogsIn('admin', ADMIN_PASSWORD);

    assert.deepEqual(directory.asked.slice(before), []);
  });

  withDirectory('are asked for last where the directory comes first', async (t) => {
    const directory = await startDirectory(t, person('admin'));
    const farm = await farmWithDirectory(t, directory, { order: 'directory-first' });

    const names = [await farm.whoLogsIn('admin', 'of admin'), await farm.whoLogsIn('admin', ADMIN_PASSWORD)];

    assert.deepEqual(names, ['@directory@admin', 'admin']);
  });

  withDirectory('are the only ones where a client skips the directory', async (t) => {
    const directory = await startDirectory(t, person('olga'));
    const farm = await farmWithDirectory(t, directory, { order: 'directory-first' });
    const before = directory.asked.length;

    assert.equal(await farm.whoLogsIn('admin', ADMIN_PASSWORD, true), 'admin');
    await assert.rejects(farm.whoLogsIn('olga', 'of olga', true), refused);

    assert.deepEqual(directory.asked.slice(before), []);
  });
});

describe('a name at a directory and at a provider of identities', () => {
  withDirectory('is of two users, of whom neither gets what the other was given', async (t) => {
    const farm = await farmWithDirectory(t, await startDirectory(t, person('olga')));
    const identity = await startIdentityProvider(t);
    await farm.admin.systemSetOIDCConfiguration({ configuration: identity.configuration });
    farm.clock.advance(5_000);
    const nobody = farm.clientWith(undefined);

    const name = await farm.whoLogsIn('olga', 'of olga');
    await farm.admin.userConfigure({ user: { name, rights: ['manage-pools'] } });
    const { address, state } = await nobody.oidcLoginBegin({ returnAddress: LOCAL_ADDRESS });
    const callback = new URL(await identity.browse(address)).search.slice(1);
    const { token } = await nobody.oidcLoginFinish({ state, callback });
    const other = await farm.clientWith(token).whoAmI({});

    assert.deepEqual([name, other.name, other.rights], ['@directory@olga', '@sso@olga', []]);
    const { users } = await farm.admin.userGetList({});
    assert.deepEqual(
      users.map((user) => [user.name, user.rights]),
      [
        ['@directory@olga', ['manage-pools']],
        ['@sso@olga', []],
        ['admin', []],
      ],
    );
    await assert.rejects(farm.whoLogsIn('@sso@olga', 'of olga'), refused);
  });
});

describe('a password', () => {
  withDirectory('of a user of the directory is changed there and not here', async (t) => {
    const farm = await farmWithDirectory(t, await startDirectory(t, person('olga')));
    const { token } = await farm.clientWith(undefined).login({ name: 'olga', password: 'of olga' });
    const before = farmState(farm);
    const rule = 'change the one in the directory instead';
    const id = '@directory@olga';

    await assertRefused(
      farm.clientWith(token),
      'passwordChange',
      'transition-refused',
      { id, rule },
      { password: 'of olga', newPassword: 'another' },
    );
    await assertRefused(
      farm.admin,
      'userConfigure',
      'transition-refused',
      { id, rule },
      { user: { name: id, password: 'another' } },
    );
    await assertRefused(
      farm.admin,
      'userAdd',
      'invalid-input',
      { field: 'user.name' },
      { user: { name: '@directory@anna', password: 'of anna' } },
    );

    assert.deepEqual(
      changedItems(before, farmState(farm)).filter((item) => !JSON.stringify(item).includes('REQUESTS')),
      [],
    );
  });
});
