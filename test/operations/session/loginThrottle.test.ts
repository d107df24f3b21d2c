import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ADMIN_PASSWORD } from '../../support/aUser.ts';
import { assertRefused } from '../../support/refusal.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

/** The clock of a test farm starts at midnight, with a window of a quarter of an hour. */
const UNTIL = '2026-01-01T00:15:00.000Z';
const MINUTE = 60_000;

describe('logins that fail', () => {
  for (const name of ['admin', 'nobody'] as const) {
    it(`are looked at ten times for the name of ${name} from one address, also if they come at once`, async (t) => {
      const farm = await startFarm(t);

      const codes = await failures(farm, name, 25);

      assert.deepEqual(codes, { 'login-refused': 10, 'too-many-logins': 15 });
      await assertRefused(
        farm.clientWith(undefined),
        'login',
        'too-many-logins',
        { until: UNTIL },
        { name, password: ADMIN_PASSWORD },
      );
    });
  }

  it('are forgotten with the window that they fell into', async (t) => {
    const farm = await startFarm(t);
    await failures(farm, 'admin', 10);
    const logIn = () => farm.clientWith(undefined).login({ name: 'admin', password: ADMIN_PASSWORD });
    farm.clock.advance(14 * MINUTE);
    await assert.rejects(logIn(), { code: 'too-many-logins' });

    farm.clock.advance(MINUTE);

    assert.notEqual((await logIn()).token, '');
  });

  it('shut nobody out who knows the password: those that succeed do not count', async (t) => {
    const farm = await startFarm(t);
    await failures(farm, 'admin', 9);

    for (let attempt = 0; attempt < 12; attempt += 1)
      await farm.clientWith(undefined).login({ name: 'admin', password: ADMIN_PASSWORD });
  });

  it('leave other names alone, until there are a hundred from one address', async (t) => {
    const farm = await startFarm(t);
    const logIn = () => farm.clientWith(undefined).login({ name: 'admin', password: ADMIN_PASSWORD });
    for (let name = 0; name < 9; name += 1) await failures(farm, `guess ${name}`, 11);
    await logIn();

    await failures(farm, 'guess 9', 10);

    await assert.rejects(logIn(), { code: 'too-many-logins' });
  });
});

/** Codes of so many tries at once with a wrong password. */
async function failures(farm: TestFarm, name: string, count: number): Promise<Record<string, number>> {
  const nobody = farm.clientWith(undefined);
  const tries = Array.from({ length: count }, () => nobody.login({ name, password: 'a guess' }));
  const codes: Record<string, number> = {};
  for (const result of await Promise.allSettled(tries)) {
    const code = result.status === 'rejected' ? String(result.reason.code) : 'ok';
    codes[code] = (codes[code] ?? 0) + 1;
  }
  return codes;
}
