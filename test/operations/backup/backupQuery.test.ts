import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Operations } from '../../../client/src/generated.ts';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const DAY_MS = 86_400_000;

describe('backupQuery', async () => {
  const farm = await sharedFarm();
  farm.clock.advance(40 * DAY_MS);
  const admin = await farm.addUser('ada', { isAdmin: true });
  const olga = await farm.addUser('olga');
  const names = async (query: Operations['backupQuery']['input']): Promise<string[]> =>
    (await admin.backupQuery(query)).jobs.map(({ name }) => name);

  before(async () => {
    // Backed up on the tenth of February, the thirteenth, and so on into March.
    for (let index = 0; index < 8; index += 1) {
      const client = index % 2 === 0 ? admin : olga;
      const name = `Shot ${index}`;
      const project = index < 4 ? 'Rome' : 'Milan';
      const { id } =
        index === 7
          ? await client.jobAddFolder({ parentId: -1, name })
          : await client.jobSubmit({ job: aJob(1, { name, project, paused: true }) });
      await client.backupJob({ id });
      farm.clock.advance(3 * DAY_MS);
    }
  });

  it('finds all, the newest first', async () => {
    const all = [7, 6, 5, 4, 3, 2, 1, 0].map((index) => `Shot ${index}`);

    assert.deepEqual(await names({}), all);
  });

  it('pages through months', async () => {
    const pages: string[][] = [];
    let pageToken: string | null = null;
    do {
      const page: Operations['backupQuery']['output'] = await admin.backupQuery({
        limit: 3,
        ...(pageToken === null ? {} : { pageToken }),
      });
      pages.push(page.jobs.map(({ name }) => name));
      pageToken = page.nextPageToken;
    } while (pageToken !== null);

    assert.deepEqual(pages.flat(), await names({}));
    assert.deepEqual(
      pages.map(({ length }) => length).filter((length) => length > 0),
      [3, 3, 2],
    );
  });

  it('finds by time, both ends included', async () => {
    const found = await names({ from: '2026-02-13T00:00:00.000Z', to: '2026-02-22T00:00:00.000Z' });

    assert.deepEqual(found, ['Shot 4', 'Shot 3', 'Shot 2', 'Shot 1']);
  });

  it('finds by name, owner, project and template', async () => {
    assert.deepEqual(await names({ name: 'SHOT 3' }), ['Shot 3']);
    assert.deepEqual(await names({ owner: 'olga', project: 'Rome' }), ['Shot 3', 'Shot 1']);
    assert.deepEqual(await names({ templateId: 1 }), ['Shot 7']);
    assert.deepEqual(await names({ templateId: 43, project: 'Milan' }), ['Shot 6', 'Shot 5', 'Shot 4']);
    assert.deepEqual(await names({ project: 'Paris' }), []);
  });

  it('refuses an end before the beginning, and a token of another list', async () => {
    const times = { from: '2026-02-01T00:00:00.000Z', to: '2026-01-01T00:00:00.000Z' };
    const { nextPageToken } = await admin.jobGetList({ limit: 1 });
    assert.ok(nextPageToken);

    await assertRefusedWhole(farm, 'backupQuery', 'invalid-input', { field: 'to' }, times, admin);
    await assertRefusedWhole(
      farm,
      'backupQuery',
      'invalid-input',
      { field: 'pageToken' },
      { pageToken: nextPageToken },
      admin,
    );
  });

  it('is summed up by backupGetBoundaries', async () => {
    assert.deepEqual(await admin.backupGetBoundaries({}), {
      jobsCount: 8,
      firstAt: '2026-02-10T00:00:00.000Z',
      lastAt: '2026-03-03T00:00:00.000Z',
    });
  });
});
