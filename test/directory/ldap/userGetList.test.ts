import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { directoryPrograms, LIMITED_DN, person, startDirectory } from '../../support/directoryServer.ts';
import { itWith } from '../../support/renderers.ts';
import { farmWithDirectory } from '../../support/withDirectory.ts';

const withDirectory = (sentence: string, run: Parameters<typeof itWith>[2]): void =>
  itWith(directoryPrograms, sentence, run);
const people = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => person(`user${String(index).padStart(4, '0')}`));

describe('userGetList', () => {
  withDirectory('has the users of the directory, also those who have never logged in', async (t) => {
    const directory = await startDirectory(t, person('olga'), person('anna'));
    const farm = await farmWithDirectory(t, directory);
    await farm.whoLogsIn('olga', 'of olga');

    const { users, directory: state } = await farm.admin.userGetList({});

    assert.deepEqual(
      users.map(({ name, email, version }) => [name, email, version]),
      [
        ['@directory@anna', 'anna@example.com', 0],
        ['@directory@olga', 'olga@example.com', 1],
        ['admin', '', 1],
      ],
    );
    assert.equal(state, 'whole');
  });

  withDirectory('pages through a directory that answers in pages itself', async (t) => {
    const farm = await farmWithDirectory(t, await startDirectory(t, ...people(700)));
    const names: string[] = [];
    let pageToken: string | null = '';
    while (pageToken !== null) {
      const page: Awaited<ReturnType<typeof farm.admin.userGetList>> = await farm.admin.userGetList({
        limit: 300,
        ...(pageToken === '' ? {} : { pageToken }),
      });
      names.push(...page.users.map(({ name }) => name));
      pageToken = page.nextPageToken;
    }

    assert.deepEqual(
      [names.length, names[0], names[699], names[700]],
      [701, '@directory@user0000', '@directory@user0699', 'admin'],
    );
  });

  withDirectory('ends at two thousand users of the directory, and says so', async (t) => {
    const farm = await farmWithDirectory(t, await startDirectory(t, ...people(2_100)));

    const first = await farm.admin.userGetList({ limit: 1_000 });
    const second = await farm.admin.userGetList({ limit: 1_000, pageToken: first.nextPageToken ?? '' });
    const third = await farm.admin.userGetList({ limit: 1_000, pageToken: second.nextPageToken ?? '' });

    assert.deepEqual([first.directory, third.users.length, third.nextPageToken], ['partial', 1, null]);
  });

  withDirectory('ends where the directory gives no more, and says so', async (t) => {
    const directory = await startDirectory(t, ...people(700));
    const farm = await farmWithDirectory(t, directory, { bindDn: LIMITED_DN });

    const page = await farm.admin.userGetList({ limit: 1_000 });

    assert.deepEqual([page.directory, page.users.length], ['partial', 401]);
  });

  withDirectory('has those who have logged in before while the directory is down', async (t) => {
    const directory = await startDirectory(t, person('olga'), person('anna'));
    const farm = await farmWithDirectory(t, directory);
    await farm.whoLogsIn('olga', 'of olga');
    await directory.stop();

    const { users, directory: state } = await farm.admin.userGetList({});

    assert.deepEqual([users.map(({ name }) => name), state], [['@directory@olga', 'admin'], 'unavailable']);
  });
});
