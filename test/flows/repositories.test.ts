import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../support/aJob.ts';
import { startFarm } from '../support/startFarm.ts';

describe('repositories', () => {
  it('turn the paths of a job into those of each node, as they are when a chunk is handed out', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const paths = { linux: '/mnt/show', darwin: null, win32: 'P:\\show' };
    await farm.admin.repositoriesAdd({ repository: { name: 'shows', paths }, requestToken: 'all-the-shows' });
    const attributes = {
      command: { value: 'render' },
      arguments: { value: "'P:\\show\\a.ma'", subst: true },
    };
    await farm.admin.jobSubmit({ job: aJob(3, { attributes }) });

    const first = await node.claim();
    await farm.admin.repositoriesConfigure({
      repository: { name: 'shows', paths: { ...paths, linux: '/mnt/new' } },
    });
    farm.clock.advance(6_000);
    const second = await node.report({ outcome: 'completed' });
    const listed = await farm.admin.repositoriesGetList({});
    const { repository } = await farm.admin.repositoriesGet({ name: 'shows' });
    await farm.admin.repositoriesRemove({ name: 'shows', requestToken: 'no-more-shows' });
    farm.clock.advance(6_000);
    const third = await node.report({ outcome: 'completed' });

    assert.deepEqual(
      [first?.arguments, second?.arguments, third?.arguments],
      [['/mnt/show/a.ma'], ['/mnt/new/a.ma'], ['P:\\show\\a.ma']],
    );
    assert.deepEqual([listed.repositories.length, repository.version], [1, 2]);
  });
});
