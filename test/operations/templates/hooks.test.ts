import { describe, it } from 'node:test';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm } from '../../support/startFarm.ts';

describe('templateRetryHooks', () => {
  it('refuses a key that no failure has, and that of a hook that is asked', async (t) => {
    const farm = await startFarm(t);
    const key = '43:onValidateJobSubmission';
    const missing = { what: 'failure of a hook', id: key };
    await assertRefusedWhole(farm, 'templateRetryHooks', 'not-found', missing, { key });
    const failure = { key, templateId: 43, hook: 'onValidateJobSubmission', jobId: 1, reason: 'threw' };
    await farm.context.hookFailures.note({ ...failure, message: 'no database', retry: null });

    await assertRefusedWhole(farm, 'templateRetryHooks', 'invalid-input', { field: 'key' }, { key });
  });
});
