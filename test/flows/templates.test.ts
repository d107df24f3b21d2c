/** An engine of the studio's own: pushed, rendered with, rolled back and removed. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../support/aJob.ts';
import { anEngine } from '../support/anEngine.ts';
import { startFarm } from '../support/startFarm.ts';

describe('a pushed template', () => {
  it('renders by its newest edition, by the one before after a roll-back, and not at all once removed', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const programs = { linux: 'render2', darwin: 'render2', win32: 'render2' };
    await farm.admin.templatePush({ definition: anEngine(2_001), requestToken: 'first-push' });
    await farm.admin.templatePush({ definition: anEngine(2_001, { programs }) });
    await farm.admin.jobSubmit({
      job: aJob(3, { templateId: 2_001, packetSize: 1, attributes: { job_file: { value: '/a.ma' } } }),
    });

    const newest = await node.claim();
    await farm.admin.templateRollBack({ id: 2_001, requestToken: 'roll-back-1' });
    farm.clock.advance(5_001);
    const earlier = await node.report();
    await farm.admin.templateRemove({ id: 2_001, requestToken: 'remove-2001' });
    farm.clock.advance(5_001);
    const none = await node.report();

    assert.deepEqual([newest?.program, earlier?.program, none], ['render2', 'render', null]);
    assert.equal((await farm.admin.templateGetList({})).templates.at(-1)?.id === 2_001, false);
  });
});
