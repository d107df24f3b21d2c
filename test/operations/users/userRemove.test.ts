import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();

describe('userRemove', () => {
  it('removes the user, shuts them out within thirty seconds and leaves their jobs', async () => {
    const anna = await farm.addUser('anna');
    const { id } = await anna.jobSubmit({ job: aJob(1) });

    await farm.admin.userRemove({ name: 'anna' });
    farm.clock.advance(30_000);

    await assert.rejects(anna.whoAmI({}), { code: 'unauthenticated' });
    await assert.rejects(farm.admin.userGet({ name: 'anna' }), { code: 'not-found' });
    assert.equal((await farm.admin.jobGet({ id })).job.owner, 'anna');
    assert.deepEqual(await farm.context.tokens.list({ kind: 'user', name: 'anna' }), []);
  });

  it('refuses a user who is not there, and user admin', async () => {
    await assertRefusedWhole(
      farm,
      'userRemove',
      'not-found',
      { what: 'user', id: 'nobody' },
      { name: 'nobody' },
    );
    await assertRefusedWhole(
      farm,
      'userRemove',
      'transition-refused',
      {
        what: 'user',
        id: 'admin',
        from: 'the first administrator',
        event: 'taking its power',
        rule: 'a farm needs one; change its password instead',
      },
      { name: 'admin' },
    );
  });

  it('refuses to remove who has more than the caller', async () => {
    await farm.addUser('boss', { isAdmin: true });
    const clerk = await farm.addUser('clerk', { rights: ['manage-people'] });

    await assertRefusedWhole(
      farm,
      'userRemove',
      'forbidden',
      { caller: 'User clerk', operation: 'userRemove', rule: 'only administrators change administrators' },
      { name: 'boss' },
      clerk,
    );
  });
});
