/** Users of a directory, from its settings to their last login. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { directoryPrograms, GROUPS, groupOf, person, startDirectory } from '../support/directoryServer.ts';
import { itWith } from '../support/renderers.ts';
import { startFarm } from '../support/startFarm.ts';

describe('users of a directory', () => {
  itWith(directoryPrograms, 'log in, work by the groups that they are in there, and leave', async (t) => {
    const directory = await startDirectory(t, person('olga'), groupOf('render', 'olga'));
    const farm = await startFarm(t);
    const nobody = farm.clientWith(undefined);
    await farm.admin.groupAdd({ group: { name: 'wranglers', rights: ['manage-pools'] } });
    await farm.admin.systemSetLDAPConfiguration({
      configuration: {
        ...directory.configuration,
        groups: [{ directoryGroup: `cn=render,${GROUPS}`, group: 'wranglers' }],
      },
    });
    farm.clock.advance(5_000);

    const { token } = await nobody.login({ name: 'olga', password: 'of olga' });
    const olga = farm.clientWith(token);
    await olga.poolAdd({ pool: { name: 'gpu' } });
    const me = await olga.whoAmI({});
    const list = await farm.admin.userGetList({});
    // A new password of the service, and none at all at the end.
    await farm.admin.systemSetLDAPConfiguration({ configuration: directory.configuration });
    await nobody.login({ name: 'olga', password: 'of olga' });
    await farm.admin.userConfigure({ user: { name: '@directory@olga', isEnabled: false } });
    await assert.rejects(nobody.login({ name: 'olga', password: 'of olga' }), { code: 'login-refused' });
    await farm.admin.systemSetLDAPConfiguration({
      configuration: { enabled: false, bindDn: '', bindPassword: null },
    });
    const { configuration } = await farm.admin.systemGetLDAPConfiguration({});

    assert.deepEqual([me.name, me.groups, me.rights], ['@directory@olga', ['wranglers'], ['manage-pools']]);
    assert.deepEqual(
      [list.users.map(({ name }) => name), list.directory],
      [['@directory@olga', 'admin'], 'whole'],
    );
    assert.deepEqual([configuration.enabled, configuration.hasBindPassword], [false, false]);
  });

  itWith(directoryPrograms, 'log in by the reference’s REST API too', async (t) => {
    const directory = await startDirectory(t, person('olga'));
    const farm = await startFarm(t);
    await farm.admin.systemSetLDAPConfiguration({ configuration: directory.configuration });
    farm.clock.advance(5_000);

    const answer = await fetch(`${farm.url}/api/login?username=olga&password=of%20olga`);
    const body = (await answer.json()) as { ResponseStatus?: unknown; ResponseData?: { authToken?: string } };

    assert.equal(answer.status, 200);
    assert.equal(typeof body.ResponseData?.authToken, 'string');
  });
});
