import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JobSubmission } from '../../../client/src/generated.ts';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();
const gpu = await farm.addNode('gpu', { pools: ['gpu'] });
const cpu = await farm.addNode('cpu');
const submit = async (change: Partial<JobSubmission> = {}, chunks = 1): Promise<number> =>
  (await farm.admin.jobSubmit({ job: aJob(chunks, change) })).id;
const rulesOf = async (id: number) => {
  const { job, nodes, runs } = await farm.admin.jobExplain({ id });
  return { runs, job, nodes: nodes.map(({ rule }) => rule) };
};

describe('jobExplain', () => {
  it('says that a job which nothing keeps from its nodes runs', async () => {
    const id = await submit({ includedPools: ['gpu'] });

    assert.deepEqual(await rulesOf(id), {
      runs: true,
      job: [],
      nodes: [null, 'is in none of the pools gpu'],
    });
  });

  it('names what keeps a job from every node', async () => {
    const parent = await submit({ paused: true });
    const cases: readonly [number, string[]][] = [
      [parent, ['the job is paused; jobEdit with paused = false resumes it']],
      [
        await submit({ dependIds: [parent] }),
        [`waits for job ${parent}, which is queued, to end with success`],
      ],
      [await submit({ startOn: '2027-01-01T00:00:00.000Z' }), ['the job starts on 2027-01-01T00:00:00.000Z']],
      [(await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' })).id, ['it is a folder']],
    ];

    for (const [id, job] of cases) {
      const explained = await rulesOf(id);
      assert.deepEqual(explained.job, job);
      assert.equal(explained.runs, false);
    }
  });

  it('names what keeps each node from a job', async () => {
    const id = await submit({ paused: true });
    await farm.admin.nodePause({ id: gpu.id });
    await cpu.leave();

    const { nodes } = await farm.admin.jobExplain({ id });

    assert.deepEqual(nodes, [
      { nodeId: gpu.id, name: 'gpu', rule: 'is paused; nodeResume lifts it' },
      { nodeId: cpu.id, name: 'cpu', rule: 'is offline' },
    ]);
  });

  it('says that the selection engine is stopped', async () => {
    const id = await submit();
    await farm.admin.systemSwapEngineStatus({});

    const { job } = await farm.admin.jobExplain({ id });
    await farm.admin.systemSwapEngineStatus({});

    assert.deepEqual(job, ['the selection engine is stopped; systemSwapEngineStatus starts it']);
  });

  it('lists nodes page by page', async () => {
    const id = await submit();

    const first = await farm.admin.jobExplain({ id, limit: 1 });
    const second = await farm.admin.jobExplain({ id, limit: 1, pageToken: first.nextPageToken ?? '' });

    assert.deepEqual(
      [...first.nodes, ...second.nodes].map(({ name }) => name),
      ['gpu', 'cpu'],
    );
    assert.equal(second.nextPageToken, null);
  });

  it('refuses a job that is not there', async () => {
    await assertRefusedWhole(farm, 'jobExplain', 'not-found', { what: 'job', id: 999 }, { id: 999 });
  });
});
