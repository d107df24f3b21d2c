import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { startFarm } from '../../support/startFarm.ts';

describe('systemQueryEngineStatus and systemSwapEngineStatus', () => {
  it('stop the engine and start it again', async (t) => {
    const farm = await startFarm(t);

    const before = await farm.admin.systemQueryEngineStatus({});
    const stopped = await farm.admin.systemSwapEngineStatus({});
    const between = await farm.admin.systemQueryEngineStatus({});
    const started = await farm.admin.systemSwapEngineStatus({});
    const after = await farm.admin.systemQueryEngineStatus({});

    assert.deepEqual(
      [before, stopped, between, started, after].map(({ running }) => running),
      [true, false, false, true, true],
    );
  });

  it('hand out no chunk while it is stopped, let running ones go on, and go on by themselves', async (t) => {
    const farm = await startFarm(t);
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(3) });
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    await alpha.claim();

    await farm.admin.systemSwapEngineStatus({});
    farm.clock.advance(5_000);
    const none = await beta.claim();
    const next = await alpha.report();
    await farm.drain();
    const { job: stopped } = await farm.admin.jobGet({ id: jobId });
    await farm.admin.systemSwapEngineStatus({});
    farm.clock.advance(5_000);
    await farm.drain();
    const { job: started } = await farm.admin.jobGet({ id: jobId });

    assert.equal(none, null);
    assert.equal(next, null);
    assert.equal(stopped.counts.completed, 1);
    assert.equal(stopped.runningCount, 0);
    assert.equal(started.runningCount, 2);
  });
});
