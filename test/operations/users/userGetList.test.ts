import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startFarm } from '../../support/startFarm.ts';

describe('userGetList', () => {
  it('lists users by name, page by page', async (t) => {
    const farm = await startFarm(t);
    for (const name of ['zoe', 'anna', 'olga']) await farm.admin.userAdd({ user: { name } });

    const first = await farm.admin.userGetList({ limit: 3 });
    const second = await farm.admin.userGetList({ limit: 3, pageToken: first.nextPageToken ?? '' });

    const names = (page: typeof first) => page.users.map(({ name }) => name);
    assert.deepEqual([names(first), names(second)], [['admin', 'anna', 'olga'], ['zoe']]);
    assert.equal(second.nextPageToken, null);
  });

  it('refuses the token of another list', async (t) => {
    const farm = await startFarm(t);
    for (const name of ['a', 'b']) await farm.admin.groupAdd({ group: { name } });
    const { nextPageToken } = await farm.admin.groupGetList({ limit: 1 });

    await assert.rejects(farm.admin.userGetList({ pageToken: nextPageToken ?? '' }), {
      code: 'invalid-input',
    });
  });
});
