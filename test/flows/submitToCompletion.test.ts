import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../support/aJob.ts';
import { startFarm } from '../support/startFarm.ts';

describe('a job from submit to completion', () => {
  it('hands out every chunk once, counts them and ends the job by a recount', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');

    const { id, chunkCount } = await farm.admin.jobSubmit({ job: aJob(3) });
    const frames: number[] = [];
    for (let work = await node.claim(); work !== null; work = await node.report())
      frames.push(work.packet.startFrame);
    await farm.drain();
    const { job } = await farm.admin.jobGet({ id });

    assert.equal(chunkCount, 3);
    assert.deepEqual(frames, [1, 2, 3]);
    assert.equal(job.status, 'completed');
    assert.deepEqual(job.counts, { queued: 0, completed: 3, warning: 0, failed: 0 });
    assert.equal(job.runningCount, 0);
    assert.equal(job.progress, 1);
  });

  it('pushes chunks to idle nodes the moment a job is submitted', async (t) => {
    const farm = await startFarm(t);
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    await alpha.claim();
    await beta.claim();

    await farm.admin.jobSubmit({ job: aJob(2) });
    await farm.drain();

    assert.equal((await alpha.heartbeat()).hasWork, true);
    assert.equal((await alpha.claim())?.packet.startFrame, 1);
    assert.equal((await beta.claim())?.packet.startFrame, 2);
  });
});
