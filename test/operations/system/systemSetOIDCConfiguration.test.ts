import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assertRefused, assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

const set = (farm: TestFarm, configuration: object, store = true) =>
  farm.admin.systemSetOIDCConfiguration({ configuration, store });
const get = async (farm: TestFarm) => (await farm.admin.systemGetOIDCConfiguration({})).configuration;
/** What is kept as secrets. */
const secrets = (farm: TestFarm): string[] =>
  readdirSync(join(farm.data, 'secrets')).map((name) =>
    readFileSync(join(farm.data, 'secrets', name), 'utf8'),
  );

describe('systemSetOIDCConfiguration', () => {
  it('is off at first, with what fits most providers', async (t) => {
    const farm = await startFarm(t);

    assert.deepEqual(await get(farm), {
      enabled: false,
      issuer: '',
      clientId: '',
      scopes: ['openid', 'profile', 'email'],
      nameClaim: 'preferred_username',
      groupsClaim: 'groups',
      groups: [],
      returnAddresses: [],
      hasClientSecret: false,
      version: 0,
    });
  });

  it('changes what is given and leaves the rest', async (t) => {
    const farm = await startFarm(t);
    await set(farm, { issuer: 'https://id.example.com', clientId: 'rollcall' });

    await set(farm, { enabled: true, returnAddresses: ['https://console.example.com/login'] });

    const { enabled, issuer, clientId, returnAddresses, version } = await get(farm);
    assert.deepEqual(
      [enabled, issuer, clientId, returnAddresses, version],
      [true, 'https://id.example.com', 'rollcall', ['https://console.example.com/login'], 2],
    );
  });

  it('keeps the secret apart, tells it nobody, and forgets one that was replaced', async (t) => {
    const farm = await startFarm(t);
    await set(farm, { clientSecret: 'whisper it' });

    const shown = await get(farm);
    const first = secrets(farm);
    await set(farm, { clientSecret: 'another' });
    const second = secrets(farm);
    await set(farm, { clientSecret: null });

    assert.equal(shown.hasClientSecret, true);
    assert.doesNotMatch(JSON.stringify([shown, farm.logged]), /whisper/);
    assert.deepEqual([first, second, secrets(farm)], [['whisper it'], ['another'], []]);
  });

  it('without storing counts until the next soft restart', async (t) => {
    const farm = await startFarm(t);
    await set(farm, { clientId: 'stored', clientSecret: 'stored' });
    await set(farm, { clientId: 'tried', clientSecret: 'tried' }, false);
    const tried = (await get(farm)).clientId;

    await farm.admin.systemSoftRestart({});

    assert.deepEqual([tried, (await get(farm)).clientId, secrets(farm)], ['tried', 'stored', ['stored']]);
  });

  const wrong: readonly [field: string, rule: RegExp, configuration: object][] = [
    ['issuer', /must be https/, { issuer: 'http://id.example.com' }],
    ['issuer', /must be https/, { issuer: 'http://127.0.0.1.example.com' }],
    ['issuer', /must be https/, { issuer: 'https://host:99999' }],
    ['issuer', /and no more/, { issuer: 'https://id.example.com/?tenant=1' }],
    ['issuer', /must name the provider/, { enabled: true, clientId: 'rollcall' }],
    ['clientId', /must be given/, { enabled: true, issuer: 'https://id.example.com' }],
    ['scopes', /must contain openid/, { scopes: ['profile'] }],
    ['returnAddresses', /must be https/, { returnAddresses: ['http://console.example.com/login'] }],
  ];
  for (const [field, rule, configuration] of wrong) {
    it(`refuses ${JSON.stringify(configuration)} for its ${field}`, async (t) => {
      const farm = await startFarm(t);
      const input = { configuration };

      await assertRefusedWhole(farm, 'systemSetOIDCConfiguration', 'invalid-input', {}, input);

      await assert.rejects(
        farm.admin.systemSetOIDCConfiguration(input),
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
    const groups = [{ providerGroup: 'render', group: 'nobody' }];

    await assertRefusedWhole(
      farm,
      'systemSetOIDCConfiguration',
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
      'systemSetOIDCConfiguration',
      'forbidden',
      { rule: 'only administrators decide who may log in' },
      { configuration: { issuer: 'https://mine.example.com' } },
    );

    assert.equal((await operator.systemGetOIDCConfiguration({})).configuration.version, 0);
  });
});
