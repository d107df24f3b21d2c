import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import type { FakeNode } from '../../support/fakeNode.ts';
import { assertUnchanged } from '../../support/farmState.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

/** Lets the node fail chunks of so many jobs, three times each; all wait for nobody else. */
async function failJobs(farm: TestFarm, node: FakeNode, jobs: number, failures: number): Promise<number[]> {
  const ids: number[] = [];
  for (let count = 0; count < jobs; count += 1) {
    ids.push((await farm.admin.jobSubmit({ job: aJob(1, { priority: 90 - count }) })).id);
    for (let failure = 0; failure < failures; failure += 1) {
      farm.clock.advance(1_000);
      await node.claim();
      await node.report({ outcome: 'failed', exitCode: 1, wantsNext: false });
    }
    await farm.admin.jobEdit({ id: ids.at(-1) ?? 0, changes: { paused: true } });
  }
  return ids;
}

describe('purging exclusions', () => {
  it('nodePurgeJobsExclusions lets a node take chunks of the job again', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const [jobId = 0] = await failJobs(farm, node, 1, 3);
    await farm.admin.jobEdit({ id: jobId, changes: { paused: false } });
    const { node: excluded } = await farm.admin.nodeGet({ id: node.id });
    farm.clock.advance(1_000);
    const none = await node.claim();

    await farm.admin.nodePurgeJobsExclusions({ id: node.id, jobId });
    const { node: purged } = await farm.admin.nodeGet({ id: node.id });
    const work = await node.claim();
    await node.report({ outcome: 'failed', exitCode: 1, wantsNext: false });
    const { node: failedOnce } = await farm.admin.nodeGet({ id: node.id });

    assert.deepEqual(excluded.excludedJobs, [
      { id: jobId, since: '2026-01-01T00:00:03.000Z', reason: '3 failures in a row' },
    ]);
    assert.equal(none, null);
    assert.deepEqual(purged.excludedJobs, []);
    assert.equal(work?.assignment.jobId, jobId);
    assert.deepEqual(failedOnce.excludedJobs, []);
  });

  it('nodePurgeTemplatesExclusion lets a node take chunks of the template again', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const [first = 0] = await failJobs(farm, node, 3, 1);
    await farm.admin.jobEdit({ id: first, changes: { paused: false } });
    const { node: excluded } = await farm.admin.nodeGet({ id: node.id });
    farm.clock.advance(1_000);
    const none = await node.claim();

    await farm.admin.nodePurgeTemplatesExclusion({ id: node.id, templateId: 43 });
    const { node: purged } = await farm.admin.nodeGet({ id: node.id });
    farm.clock.advance(1_000);
    const work = await node.claim();

    assert.deepEqual(excluded.excludedTemplates, [
      { id: 43, since: '2026-01-01T00:00:03.000Z', reason: '3 jobs failed one after another' },
    ]);
    assert.equal(none, null);
    assert.deepEqual(purged.excludedTemplates, []);
    assert.equal(work?.assignment.jobId, first);
  });

  it('does nothing to a node that was not excluded', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { node: before } = await farm.admin.nodeGet({ id: node.id });

    await farm.admin.nodePurgeJobsExclusions({ id: node.id, jobId: 1 });
    await farm.admin.nodePurgeTemplatesExclusion({ id: node.id, templateId: 43 });

    assert.deepEqual((await farm.admin.nodeGet({ id: node.id })).node, before);
  });

  it('refuse a node that is not there', async (t) => {
    const farm = await startFarm(t);
    const details = { what: 'node', id: 999 };

    await assertRefusedWhole(farm, 'nodePurgeJobsExclusions', 'not-found', details, { id: 999, jobId: 1 });
    await assertRefusedWhole(farm, 'nodePurgeTemplatesExclusion', 'not-found', details, {
      id: 999,
      templateId: 43,
    });
    await assertUnchanged(farm, () => farm.admin.nodeGetList({}));
  });
});
