import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';
import { startFarm } from '../../support/startFarm.ts';

const farm = await sharedFarm();
const paths = { linux: '/mnt/show', darwin: null, win32: 'P:\\show' };

describe('repositoriesAdd', () => {
  it('adds a repository, whose paths are substituted for the platform of the node that gets a chunk', async (t) => {
    const shows = await startFarm(t);
    const linux = await shows.addNode('linux');
    const windows = await shows.addNode('windows', { capabilities: { platform: 'win32' } });
    const attributes = {
      command: { value: 'render' },
      arguments: { value: "'P:\\show\\rome\\a.ma' -o '/mnt/show/out'", subst: true },
    };
    await shows.admin.repositoriesAdd({ repository: { name: 'shows', paths } });
    await shows.admin.jobSubmit({ job: aJob(2, { attributes }) });

    const onLinux = await linux.claim();
    const onWindows = await windows.claim();

    assert.deepEqual(onLinux?.arguments, ['/mnt/show/rome/a.ma', '-o', '/mnt/show/out']);
    assert.deepEqual(onWindows?.arguments, ['P:\\show\\rome\\a.ma', '-o', 'P:\\show\\out']);
  });

  it('leaves attributes as they are that are not marked', async (t) => {
    const shows = await startFarm(t);
    const node = await shows.addNode('alpha');
    await shows.admin.repositoriesAdd({ repository: { name: 'shows', paths } });
    const attributes = { command: { value: 'render' }, arguments: { value: "'P:\\show\\a.ma'" } };
    await shows.admin.jobSubmit({ job: aJob(1, { attributes }) });

    const work = await node.claim();

    assert.deepEqual(work?.arguments, ['P:\\show\\a.ma']);
  });

  it('refuses a name that is taken', async () => {
    await farm.admin.repositoriesAdd({ repository: { name: 'twice', paths } });

    await assertRefusedWhole(
      farm,
      'repositoriesAdd',
      'already-exists',
      { what: 'repository', id: 'twice' },
      { repository: { name: 'twice', paths } },
    );
  });

  for (const [field, given, rule] of [
    ['linux', { linux: 'show' }, 'must be an absolute path such as /mnt/show, without an end that separates'],
    ['linux', { linux: '/' }, 'must be an absolute path such as /mnt/show, without an end that separates'],
    [
      'win32',
      { win32: '/mnt/show' },
      'must be an absolute path such as P:\\show or \\\\server\\show, without an end that separates',
    ],
    [
      'win32',
      { win32: 'P:\\' },
      'must be an absolute path such as P:\\show or \\\\server\\show, without an end that separates',
    ],
  ] as const) {
    it(`refuses ${JSON.stringify(given)}`, () =>
      assertRefusedWhole(
        farm,
        'repositoriesAdd',
        'invalid-input',
        { field: `repository.paths.${field}`, rule },
        { repository: { name: 'odd', paths: { ...paths, ...given } } },
      ));
  }

  it('refuses a path for one platform alone', () =>
    assertRefusedWhole(
      farm,
      'repositoriesAdd',
      'invalid-input',
      {
        field: 'repository.paths',
        rule: 'must have a path for at least two platforms: with one there is nothing to substitute',
      },
      { repository: { name: 'odd', paths: { ...paths, linux: null } } },
    ));
});

describe('repositoriesConfigure', () => {
  it('changes what is given and leaves the rest', async () => {
    await farm.admin.repositoriesAdd({ repository: { name: 'textures', description: 'of all', paths } });
    const moved = { ...paths, linux: '/mnt/new' };

    await farm.admin.repositoriesConfigure({ repository: { name: 'textures', paths: moved } });

    assert.deepEqual((await farm.admin.repositoriesGet({ name: 'textures' })).repository, {
      name: 'textures',
      description: 'of all',
      paths: moved,
      version: 2,
    });
  });

  it('refuses a repository that is not there', () =>
    assertRefusedWhole(
      farm,
      'repositoriesConfigure',
      'not-found',
      { what: 'repository', id: 'x' },
      { repository: { name: 'x', paths } },
    ));
});

describe('repositoriesRemove', () => {
  it('removes it', async () => {
    await farm.admin.repositoriesAdd({ repository: { name: 'old', paths } });

    await farm.admin.repositoriesRemove({ name: 'old' });

    await assertRefusedWhole(
      farm,
      'repositoriesGet',
      'not-found',
      { what: 'repository', id: 'old' },
      { name: 'old' },
    );
  });

  it('refuses a repository that is not there', () =>
    assertRefusedWhole(
      farm,
      'repositoriesRemove',
      'not-found',
      { what: 'repository', id: 'x' },
      { name: 'x' },
    ));
});

describe('repositoriesGetList', () => {
  it('lists repositories by name, page by page', async (t) => {
    const empty = await startFarm(t);
    for (const name of ['c', 'a', 'b']) await empty.admin.repositoriesAdd({ repository: { name, paths } });

    const first = await empty.admin.repositoriesGetList({ limit: 2 });
    const second = await empty.admin.repositoriesGetList({ limit: 2, pageToken: first.nextPageToken ?? '' });

    const names = (page: typeof first) => page.repositories.map(({ name }) => name);
    assert.deepEqual([names(first), names(second)], [['a', 'b'], ['c']]);
  });
});
