import { describe, it } from 'node:test';
import { assertRefused, assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm } from '../../support/startFarm.ts';
import { farmWithProvider, LOCAL_ADDRESS } from '../../support/withProvider.ts';

const begin = { returnAddress: LOCAL_ADDRESS };
const guess = { state: 'a guess', callback: 'code=none' };
const off = { rule: 'an administrator turns it on' };

describe('oidcLoginBegin and oidcLoginFinish', () => {
  it('refuse everybody while no provider is set up', async (t) => {
    const farm = await startFarm(t);

    await assertRefusedWhole(farm, 'oidcLoginBegin', 'transition-refused', off, begin);
    await assertRefusedWhole(farm, 'oidcLoginFinish', 'transition-refused', off, guess);
  });

  it('say that the provider does not answer', async (t) => {
    const farm = await farmWithProvider(t);
    const { state, callback } = await farm.comeBack();
    await farm.identity.stop();

    await assertRefused(farm.admin, 'oidcLoginFinish', 'sso-unavailable', {}, { state, callback });
    // So long it is known what the provider has told of itself.
    farm.clock.advance(600_000);
    await assertRefused(farm.admin, 'oidcLoginBegin', 'sso-unavailable', {}, begin);
  });

  it('refuse a login that was not begun, and after 200 tries any', async (t) => {
    const farm = await farmWithProvider(t);
    const reason = 'it was not begun here, has been ended before, or has taken more than ten minutes';
    for (let tries = 0; tries < 200; tries += 1)
      await assertRefused(farm.admin, 'oidcLoginFinish', 'sso-refused', { reason }, guess);
    const until = '2026-01-01T00:15:00.000Z';

    await assertRefusedWhole(farm, 'oidcLoginFinish', 'too-many-logins', { until }, guess);
    await assertRefusedWhole(farm, 'oidcLoginBegin', 'too-many-logins', { until }, begin);
  });
});
