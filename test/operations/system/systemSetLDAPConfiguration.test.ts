import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ADMIN_PASSWORD } from '../../support/aUser.ts';
import { assertRefused, assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

const service = { bindDn: 'cn=rollcall,dc=example', bindPassword: 'whisper it' } as const;
const set = (farm: TestFarm, configuration: object, store = true) =>
  farm.admin.systemSetLDAPConfiguration({ configuration, store });
const get = async (farm: TestFarm) => (await farm.admin.systemGetLDAPConfiguration({})).configuration;
/** What is kept as secrets: files and what is in them. */
const secrets = (farm: TestFarm): string[] =>
  readdirSync(join(farm.data, 'secrets')).map((name) =>
    readFileSync(join(farm.data, 'secrets', name), 'utf8'),
  );

describe('systemSetLDAPConfiguration', () => {
  it('is off at first, with what fits most directories', async (t) => {
    const farm = await startFarm(t);

    assert.deepEqual(await get(farm), {
      enabled: false,
      urls: [],
      startTls: false,
      caCertificate: null,
      bindDn: '',
      baseDn: '',
      userFilter: '(&(objectClass=person)(uid={name}))',
      nameAttribute: 'uid',
      groupBaseDn: '',
      groupFilter: '(member={dn})',
      groups: [],
      order: 'local-first',
      timeoutSeconds: 5,
      hasBindPassword: false,
      version: 0,
    });
  });

  it('changes what is given and leaves the rest', async (t) => {
    const farm = await startFarm(t);
    await set(farm, { baseDn: 'dc=example', urls: ['ldaps://one', 'ldaps://two:1636'] });

    await set(farm, { timeoutSeconds: 2 });

    const { baseDn, urls, timeoutSeconds, version } = await get(farm);
    assert.deepEqual(
      [baseDn, urls, timeoutSeconds, version],
      ['dc=example', ['ldaps://one', 'ldaps://two:1636'], 2, 2],
    );
  });

  it('keeps the password where only the dispatcher reads it, and tells it nobody', async (t) => {
    const farm = await startFarm(t);
    await set(farm, service);

    const shown = await get(farm);

    assert.equal(shown.hasBindPassword, true);
    assert.doesNotMatch(JSON.stringify(shown), /whisper/);
    assert.doesNotMatch(JSON.stringify(farm.logged), /whisper/);
    const folder = join(farm.data, 'secrets');
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600);
    assert.deepEqual(secrets(farm), ['whisper it']);
    for (const name of readdirSync(farm.data).filter((one) => !['secrets', 'blobs'].includes(one)))
      assert.equal(readFileSync(join(farm.data, name)).includes('whisper'), false, name);
  });

  it('forgets a password that was replaced or taken away', async (t) => {
    const farm = await startFarm(t);
    await set(farm, service);

    await set(farm, { bindPassword: 'another' });
    const replaced = secrets(farm);
    await set(farm, { bindDn: '', bindPassword: null });

    assert.deepEqual([replaced, secrets(farm)], [['another'], []]);
    assert.equal((await get(farm)).hasBindPassword, false);
  });

  it('without storing counts until the next soft restart', async (t) => {
    const farm = await startFarm(t);
    await set(farm, { ...service, baseDn: 'dc=stored' });

    await set(farm, { baseDn: 'dc=tried', bindPassword: 'tried' }, false);

    const { permanent, temporary } = await farm.context.ldapSettings.getSettings();
    assert.deepEqual([temporary.baseDn, permanent.baseDn], ['dc=tried', 'dc=stored']);
    assert.deepEqual(secrets(farm).sort(), ['tried', 'whisper it']);

    await farm.admin.systemSoftRestart({});

    assert.deepEqual([(await get(farm)).baseDn, secrets(farm)], ['dc=stored', ['whisper it']]);
  });

  it('stores what it is given, and goes on trying the rest', async (t) => {
    const farm = await startFarm(t);
    await set(farm, { baseDn: 'dc=tried', timeoutSeconds: 2 }, false);

    await set(farm, { baseDn: 'dc=tried', nameAttribute: 'cn' });
    const between = await get(farm);
    await farm.admin.systemSoftRestart({});
    const after = await get(farm);

    assert.deepEqual(
      [between, after].map(({ baseDn, nameAttribute, timeoutSeconds }) => [
        baseDn,
        nameAttribute,
        timeoutSeconds,
      ]),
      [
        ['dc=tried', 'cn', 2],
        ['dc=tried', 'cn', 5],
      ],
    );
  });

  it('refuses to store what is usable only while something else is tried', async (t) => {
    const farm = await startFarm(t);
    await set(farm, { urls: ['ldaps://ldap.example.com'], baseDn: 'dc=example' }, false);

    await assertRefusedWhole(
      farm,
      'systemSetLDAPConfiguration',
      'invalid-input',
      {
        field: 'configuration.urls',
        rule: 'must name a server before the directory is enabled',
      },
      { configuration: { enabled: true } },
    );
  });

  it('keeps both of two changes at once', async (t) => {
    const farm = await startFarm(t);

    await Promise.all([
      set(farm, { baseDn: 'dc=example' }),
      set(farm, service),
      set(farm, { timeoutSeconds: 3 }),
    ]);

    const { baseDn, bindDn, timeoutSeconds, version } = await get(farm);
    assert.deepEqual([baseDn, bindDn, timeoutSeconds, version], ['dc=example', service.bindDn, 3, 3]);
  });

  const wrong: readonly [field: string, rule: RegExp, configuration: object][] = [
    ['urls', /would carry passwords in clear/, { urls: ['ldap://ldap.example.com'] }],
    ['urls', /would carry passwords in clear/, { urls: ['ldap://127.0.0.1.example.com'] }],
    ['urls', /is no address/, { urls: ['ldaps://host:99999'] }],
    ['urls', /must name a server/, { enabled: true, baseDn: 'dc=example' }],
    ['baseDn', /must say where users are/, { enabled: true, urls: ['ldaps://ldap.example.com'] }],
    ['userFilter', /must contain \{name\}/, { userFilter: '(uid=olga)' }],
    ['userFilter', /is no filter/, { userFilter: '(uid={name}' }],
    ['groupFilter', /must contain \{dn\} or \{name\}/, { groupFilter: '(cn=all)' }],
    ['groupFilter', /is no filter/, { groupFilter: '(&(member={dn})' }],
    ['bindPassword', /must be given with bindDn/, { bindDn: 'cn=rollcall' }],
    ['bindDn', /must be given with bindPassword/, { bindPassword: 'of nobody' }],
    ['caCertificate', /must be certificates in PEM/, { caCertificate: 'trust me' }],
  ];
  for (const [field, rule, configuration] of wrong) {
    it(`refuses ${JSON.stringify(configuration)} for its ${field}`, async (t) => {
      const farm = await startFarm(t);
      const input = { configuration };

      await assertRefusedWhole(farm, 'systemSetLDAPConfiguration', 'invalid-input', {}, input);

      await assert.rejects(
        farm.admin.systemSetLDAPConfiguration(input),
        (error: { details: { field: string; rule: string } }) => {
          assert.equal(error.details.field, `configuration.${field}`);
          assert.match(error.details.rule, rule);
          return true;
        },
      );
    });
  }

  it('refuses a group that is not there', async (t) => {
    const farm = await startFarm(t);
    const groups = [{ directoryGroup: 'cn=render', group: 'nobody' }];

    await assertRefusedWhole(
      farm,
      'systemSetLDAPConfiguration',
      'not-found',
      { what: 'group', id: 'nobody' },
      { configuration: { groups } },
    );
  });

  it('refuses who has the right and is no administrator: they could become one', async (t) => {
    const farm = await startFarm(t);
    const operator = await farm.addUser('oscar', { rights: ['manage-system'] });

    await assertRefused(
      operator,
      'systemSetLDAPConfiguration',
      'forbidden',
      { rule: 'only administrators decide who may log in' },
      { configuration: { baseDn: 'dc=mine' } },
    );

    assert.equal((await operator.systemGetLDAPConfiguration({})).configuration.version, 0);
  });

  it('once turned off leaves the users of the farm as they are', async (t) => {
    const farm = await startFarm(t);
    await set(farm, { enabled: true, urls: ['ldaps://ldap.invalid'], baseDn: 'dc=example' });
    await set(farm, { enabled: false });
    farm.clock.advance(5_000);

    const login = { name: 'admin', password: ADMIN_PASSWORD };

    assert.notEqual((await farm.clientWith(undefined).login(login)).token, '');
  });
});
