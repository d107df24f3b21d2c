import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

const HOUR_MS = 3_600_000;

const kinds = {
  systemSetLDAPConfiguration: {
    first: { bindDn: 'cn=rollcall', bindPassword: 'first' },
    second: { bindPassword: 'second' },
    third: { timeoutSeconds: 2 },
  },
  systemSetOIDCConfiguration: {
    first: { clientSecret: 'first' },
    second: { clientSecret: 'second' },
    third: { clientId: 'rollcall' },
  },
} as const;
type Setter = keyof typeof kinds;

const set = (farm: TestFarm, name: Setter, configuration: object, store = true): Promise<unknown> =>
  (farm.admin[name] as (input: object) => Promise<unknown>)({ configuration, store });

/** What is kept as secrets, and how many are noted. */
async function secretsOf(farm: TestFarm): Promise<{ kept: string[]; noted: number }> {
  const folder = join(farm.data, 'secrets');
  const notes = await farm.table.query({ table: 'farm', partition: 'SECRETS' });
  return {
    kept: readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .sort(),
    noted: notes.items.length,
  };
}

/** The secret that settings name. */
async function named(farm: TestFarm, name: Setter): Promise<string | undefined> {
  const { bindSecret } = await farm.context.ldapSettings.get();
  const { clientSecretName } = await farm.context.oidcSettings.get();
  const secret = name === 'systemSetLDAPConfiguration' ? bindSecret : clientSecretName;
  return secret === null ? undefined : farm.context.secrets.find(secret);
}

describe('a crash that leaves a secret which nothing names', () => {
  for (const [name, { first, second, third }] of Object.entries(kinds) as [
    Setter,
    (typeof kinds)[Setter],
  ][]) {
    it(`around each write of ${name} is made good by the next change after an hour`, async (t) => {
      const undisturbed = await startFarm(t);
      await set(undisturbed, name, first);
      const writes = await undisturbed.writes.count(() => set(undisturbed, name, second));
      const crashes: ((farm: TestFarm) => void)[] = [
        ...Array.from({ length: writes }, (_, before) => (farm: TestFarm) => farm.writes.crashAfter(before)),
        // Between table and secrets: what is to be kept or forgotten is noted, and that is all.
        (farm) => farm.writes.crashOnceAfter('SECRETS'),
        (farm) => farm.writes.crashOnceAfter('DIRECTORIES'),
      ];
      const left: string[] = [];

      for (const crash of crashes) {
        const farm = await startFarm({ after: (end) => t.after(end), diagnostic: () => {} });
        await set(farm, name, first);
        crash(farm);
        await assert.rejects(set(farm, name, second), { code: 'internal' });
        farm.writes.calm();
        left.push((await secretsOf(farm)).kept.join(' '));
        farm.clock.advance(HOUR_MS + 1_000);
        const inUse = await named(farm, name);

        await set(farm, name, third);

        assert.deepEqual(await secretsOf(farm), { kept: [inUse], noted: 1 });
        assert.equal(await named(farm, name), inUse);
        await farm.close();
      }

      // Before the settings are written, and after that.
      assert.equal(left.filter((kept) => kept === 'first second').length, 2);
    });
  }

  it('is made good by a soft restart too, whichever settings it was of', async (t) => {
    const farm = await startFarm(t);
    await set(farm, 'systemSetLDAPConfiguration', kinds.systemSetLDAPConfiguration.first);
    await set(farm, 'systemSetOIDCConfiguration', { clientSecret: 'stored' });
    farm.writes.beforeFirst('DIRECTORIES', async () => {
      throw new Error('the process died');
    });
    await assert.rejects(set(farm, 'systemSetLDAPConfiguration', { bindPassword: 'second' }), {
      code: 'internal',
    });
    farm.writes.calm();
    const between = await secretsOf(farm);
    farm.clock.advance(HOUR_MS + 1_000);

    await farm.admin.systemSoftRestart({});

    assert.deepEqual(between, { kept: ['first', 'second', 'stored'], noted: 3 });
    assert.deepEqual(await secretsOf(farm), { kept: ['first', 'stored'], noted: 2 });
  });

  it('touches no secret that is young, or tried until the next soft restart', async (t) => {
    const farm = await startFarm(t);
    await set(farm, 'systemSetLDAPConfiguration', kinds.systemSetLDAPConfiguration.first);
    await set(farm, 'systemSetOIDCConfiguration', { clientSecret: 'tried' }, false);
    await farm.context.secretNotes.add('of-a-change-under-way');
    await farm.context.secrets.add('of-a-change-under-way', 'under way');

    farm.clock.advance(HOUR_MS - 60_000);
    await set(farm, 'systemSetLDAPConfiguration', { timeoutSeconds: 2 });
    const young = await secretsOf(farm);
    farm.clock.advance(HOUR_MS);
    await set(farm, 'systemSetLDAPConfiguration', { timeoutSeconds: 3 });

    assert.deepEqual(young, { kept: ['first', 'tried', 'under way'], noted: 3 });
    assert.deepEqual(await secretsOf(farm), { kept: ['first', 'tried'], noted: 2 });
  });
});
