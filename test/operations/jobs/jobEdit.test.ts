import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JobChanges, JobSubmission } from '../../../client/src/generated.ts';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';
import { startFarm } from '../../support/startFarm.ts';

const farm = await sharedFarm();
const submit = async (chunks: number, change: Partial<JobSubmission> = {}): Promise<number> =>
  (await farm.admin.jobSubmit({ job: aJob(chunks, change) })).id;
const edit = async (id: number, changes: JobChanges) => (await farm.admin.jobEdit({ id, changes })).job;

describe('jobEdit', () => {
  it('changes what is given, leaves the rest and answers with the job', async () => {
    const id = await submit(2, { project: 'Rome' });
    const { job: before } = await farm.admin.jobGet({ id });

    const job = await edit(id, { name: 'renamed', priority: 60 });

    assert.deepEqual(job, { ...before, name: 'renamed', priority: 60, version: job.version });
    assert.deepEqual((await farm.admin.jobGet({ id })).job, job);
  });

  it('changes nothing when nothing differs', async () => {
    const id = await submit(2);
    const { job: before } = await farm.admin.jobGet({ id });

    const job = await edit(id, { priority: 50 });

    assert.deepEqual(job, before);
  });

  it('pauses a job, so that no chunk is handed out, and resumes it', async (t) => {
    const own = await startFarm(t);
    const { id } = await own.admin.jobSubmit({ job: aJob(2) });
    const node = await own.addNode('alpha');

    const { job: paused } = await own.admin.jobEdit({ id, changes: { paused: true } });
    const none = await node.claim();
    const { job: resumed } = await own.admin.jobEdit({ id, changes: { paused: false } });
    own.clock.advance(1_000);
    const work = await node.claim();

    assert.equal(paused.paused, true);
    assert.equal(none, null);
    assert.equal(resumed.paused, false);
    assert.equal(work?.assignment.jobId, id);
  });

  it('changes frames of a job of which no chunk was handed out', async () => {
    const id = await submit(2);

    const job = await edit(id, { endFrame: 10, packetSize: 5 });

    assert.equal(job.chunkCount, 2);
    assert.equal(job.endFrame, 10);
    const { chunks } = await farm.admin.chunkGetList({ jobId: id });
    assert.deepEqual(
      chunks.map(({ startFrame, endFrame }) => [startFrame, endFrame]),
      [
        [1, 5],
        [6, 10],
      ],
    );
  });

  it('delays a job that has not begun and lets it go again', async () => {
    const id = await submit(1);

    const delayed = await edit(id, { startOn: '2030-01-01T00:00:00.000Z' });
    const free = await edit(id, { startOn: null });

    assert.equal(delayed.status, 'delayed');
    assert.equal(free.status, 'queued');
  });

  it('lets a job wait for another one and no more', async () => {
    const [parent, id] = [await submit(1), await submit(1)];

    const waiting = await edit(id, { dependIds: [parent] });
    const free = await edit(id, { dependIds: [] });

    assert.equal(waiting.status, 'waiting');
    assert.equal(free.status, 'queued');
  });

  it('renames a folder', async () => {
    const { id } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });

    const job = await edit(id, { name: 'Milan' });

    assert.equal(job.name, 'Milan');
  });

  it('refuses to change anything else of a folder', async () => {
    const { id } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    const details = { field: 'changes.priority', rule: 'a folder has only a name to edit' };

    await assertRefusedWhole(farm, 'jobEdit', 'invalid-input', details, { id, changes: { priority: 3 } });
  });

  it('refuses to pause a folder, which hands out nothing', async () => {
    const { id } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    const details = { field: 'changes.paused', rule: 'a folder has only a name to edit' };

    await assertRefusedWhole(farm, 'jobEdit', 'invalid-input', details, { id, changes: { paused: true } });
  });

  it('refuses an id that nothing has', async () => {
    await assertRefusedWhole(
      farm,
      'jobEdit',
      'not-found',
      { what: 'job', id: 999_999 },
      { id: 999_999, changes: {} },
    );
  });

  it('refuses to wait for a job that is not there', async () => {
    const id = await submit(1);

    await assertRefusedWhole(
      farm,
      'jobEdit',
      'not-found',
      { what: 'job', id: 999_999 },
      { id, changes: { dependIds: [999_999] } },
    );
  });

  it('refuses other frames once chunks were handed out', async (t) => {
    const own = await startFarm(t);
    const { id } = await own.admin.jobSubmit({ job: aJob(2) });
    const node = await own.addNode('alpha');
    await node.claim();
    const recuts: readonly [string, JobChanges][] = [
      ['endFrame', { endFrame: 3 }],
      ['packetSize', { packetSize: 2 }],
      ['chunksPriority', { chunksPriority: 'backward' }],
    ];

    for (const [field, changes] of recuts) {
      const details = {
        what: 'job',
        id,
        from: 'in-progress',
        event: `edit of ${field}`,
        rule: 'chunks were handed out; pause and reinitialise the job first',
      };
      await assertRefusedWhole(own, 'jobEdit', 'transition-refused', details, { id, changes });
    }
  });

  it('refuses jobs that wait for each other', async () => {
    const first = await submit(1);
    const second = await submit(1, { dependIds: [first] });
    const details = {
      field: 'changes.dependIds',
      rule: `jobs must not wait for each other: ${first} waits for ${second} waits for ${first}`,
    };

    await assertRefusedWhole(farm, 'jobEdit', 'invalid-input', details, {
      id: first,
      changes: { dependIds: [second] },
    });
  });

  it('refuses two edits at the same time that would close a cycle together', async () => {
    const [first, second] = [await submit(1), await submit(1)];

    const results = await Promise.allSettled([
      edit(first, { dependIds: [second] }),
      edit(second, { dependIds: [first] }),
    ]);

    assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  });

  const refusals: readonly [string, JobChanges, string, string][] = [
    [
      'frames that end before they start',
      { startFrame: 5 },
      'changes.endFrame',
      'must not be before startFrame 5; it is 1',
    ],
    [
      'an unknown template',
      { templateId: 7 },
      'changes.templateId',
      'must be a template of the farm, see templateGetList; it is 7',
    ],
    [
      'a template without its attributes',
      { attributes: {} },
      'changes.attributes.command',
      'is required, unless ADD_FLAGS has the whole command line',
    ],
  ];
  for (const [what, changes, field, rule] of refusals) {
    it(`refuses ${what}`, async () => {
      const id = await submit(1);

      await assertRefusedWhole(farm, 'jobEdit', 'invalid-input', { field, rule }, { id, changes });
    });
  }
});
