import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();

describe('userGet', () => {
  it('shows a user, to every user, and nothing of their password', async () => {
    const olga = await farm.addUser('olga');

    assert.deepEqual((await olga.userGet({ name: 'admin' })).user, {
      name: 'admin',
      description: '',
      email: '',
      isAdmin: true,
      isEnabled: true,
      groups: [],
      rights: [],
      pools: [],
      maximumPriority: null,
      version: 1,
    });
  });

  it('refuses a name that nobody has', () =>
    assertRefusedWhole(farm, 'userGet', 'not-found', { what: 'user', id: 'nobody' }, { name: 'nobody' }));
});
