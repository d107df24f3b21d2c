import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JobSubmission } from '../../../client/src/generated.ts';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();
const olga = await farm.addUser('olga');
const submit = async (chunks: number, change: Partial<JobSubmission> = {}): Promise<number> =>
  (await farm.admin.jobSubmit({ job: aJob(chunks, change) })).id;

describe('jobSubmit', () => {
  it('queues a job that may start and counts its chunks', async () => {
    const { id, chunkCount } = await olga.jobSubmit({ job: aJob(10, { packetSize: 4 }) });

    const { job } = await olga.jobGet({ id });

    assert.equal(chunkCount, 3);
    assert.equal(job.status, 'queued');
    assert.equal(job.owner, 'olga');
    assert.equal(job.chunkCount, 3);
  });

  it('costs no item per chunk', async () => {
    farm.takeUse();

    const { chunkCount } = await farm.admin.jobSubmit({ job: aJob(10_000_000) });

    assert.equal(chunkCount, 10_000_000);
    assert.ok(farm.takeUse().writeUnits <= 9);
  });

  it('gives ids in the order of submission', async () => {
    const [one, two] = [await submit(1), await submit(1)];

    assert.equal(two, one + 1);
  });

  it('keeps a job that was submitted paused from starting', async () => {
    const id = await submit(1, { paused: true });

    const { job } = await farm.admin.jobGet({ id });

    assert.equal(job.paused, true);
    assert.equal(job.status, 'queued');
  });

  it('delays a job until its start time', async () => {
    const later = await submit(1, { startOn: '2026-01-01T00:00:00.001Z' });
    const now = await submit(1, { startOn: '2026-01-01T00:00:00.000Z' });

    assert.equal((await farm.admin.jobGet({ id: later })).job.status, 'delayed');
    assert.equal((await farm.admin.jobGet({ id: now })).job.status, 'queued');
  });

  it('lets a job wait for the jobs that it depends on', async () => {
    const parent = await submit(1);

    const id = await submit(1, { dependIds: [parent, '', parent] });
    const { job } = await farm.admin.jobGet({ id });

    assert.deepEqual(job.dependIds, [parent]);
    assert.equal(job.status, 'waiting');
    assert.equal(job.statusReason, 'waits for the jobs that it depends on');
  });

  it('puts a job into a folder', async () => {
    const { id: parentId } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });

    const id = await submit(1, { parentId });

    assert.equal((await farm.admin.jobGet({ id })).job.parentId, parentId);
  });

  it('lets an administrator submit for somebody else', async () => {
    const { id } = await farm.admin.jobSubmit({ job: aJob(1), owner: 'olga' });

    assert.equal((await farm.admin.jobGet({ id })).job.owner, 'olga');
  });

  it('lets nobody else submit for others, but for oneself by name', async () => {
    const rule = 'it needs the right submit-for-others';
    const refused = { job: aJob(1), owner: 'admin' };

    await assertRefusedWhole(farm, 'jobSubmit', 'forbidden', { caller: 'User olga', rule }, refused, olga);
    await olga.jobSubmit({ job: aJob(1), owner: 'olga' });
  });

  it('fills in what a frame check does not say', async () => {
    const job = aJob(1, { outputFiles: '/out/a.####.exr', frameCheck: { width: 1_920 } });
    const { id } = await farm.admin.jobSubmit({ job });

    assert.deepEqual((await farm.admin.jobGet({ id })).job.frameCheck, {
      minimumBytes: 1,
      maximumBytes: null,
      decodes: true,
      width: 1_920,
      height: null,
    });
  });

  for (const [sentence, fields, field, rule] of [
    [
      'files to check that neither job nor template knows',
      { frameCheck: {} },
      'outputFiles',
      'must be given for a frame check: the template command does not know them',
    ],
    [
      'thumbnails of files that neither job nor template knows',
      { thumbnails: true },
      'outputFiles',
      'must be given for thumbnails: the template command does not know them',
    ],
    [
      'output files with two places for the frame',
      { outputFiles: '/out/##/a.##.exr' },
      'outputFiles',
      'must name a file, with at most one run of # in its name, which becomes the frame number',
    ],
    [
      'output files of slices, which only the template knows',
      { outputFiles: '/out/a.##.png', packetType: 'image-slices', imageSlices: 2 },
      'outputFiles',
      'must be null with image slices: only the template knows the file of a slice',
    ],
    [
      'more checked frames a chunk than a work order may name',
      { outputFiles: '/out/a.##.png', frameCheck: {}, packetSize: 1_001 },
      'packetSize',
      'must be at most 1000 with a frame check',
    ],
    [
      'bounds of which the upper is the lower',
      { outputFiles: '/out/a.##.png', frameCheck: { minimumBytes: 10, maximumBytes: 9 } },
      'frameCheck.maximumBytes',
      'must be at least minimumBytes 10; it is 9',
    ],
    [
      'to decode what cannot be decoded',
      { outputFiles: '/out/a.##.tga', frameCheck: {} },
      'frameCheck.decodes',
      'must be false for /out/a.##.tga: only png, jpg, jpeg, exr, tif, tiff can be read',
    ],
    [
      'to measure what cannot be read',
      { outputFiles: '/out/a.##.tga', frameCheck: { decodes: false, height: 2 } },
      'frameCheck.height',
      'must be null for /out/a.##.tga: only png, jpg, jpeg, exr, tif, tiff can be read',
    ],
    [
      'an action whose command line cannot be split',
      { actions: { beforeChunk: { command: "say 'a" } } },
      'actions.beforeChunk.command',
      "has a ' that is not closed",
    ],
    [
      'a movie of files that neither job nor template knows',
      { movie: { output: '/out/a.mp4' } },
      'outputFiles',
      'must be given for a movie: the template command does not know them',
    ],
    [
      'a movie of files without a place for the frame',
      { movie: { output: '/out/a.mp4' }, outputFiles: '/out/a.png' },
      'outputFiles',
      'must have one run of # in the file name, which becomes the frame number',
    ],
    [
      'a movie of every second frame',
      { movie: { output: '/out/a.mp4' }, outputFiles: '/out/a.##.png', byFrame: 2 },
      'byFrame',
      'must be 1: FFmpeg reads images in sequence',
    ],
    [
      'a movie with options that cannot be split',
      { movie: { output: '/out/a.mp4', flags: "'" }, outputFiles: '/out/a.##.png' },
      'movie.flags',
      "has a ' that is not closed",
    ],
  ] as const) {
    it(`refuses ${sentence}`, async () => {
      const details = { field: `job.${field}`, rule };
      await assertRefusedWhole(farm, 'jobSubmit', 'invalid-input', details, { job: aJob(1, fields) });
    });
  }

  it('refuses a parent that is a job', async () => {
    const parentId = await submit(1);
    const details = { field: 'job.parentId', rule: `must be a folder; ${parentId} is a job` };

    await assertRefusedWhole(farm, 'jobSubmit', 'invalid-input', details, { job: aJob(1, { parentId }) });
  });

  it('refuses a parent that is not there or was deleted', async () => {
    const { id: parentId } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    await farm.admin.jobDelete({ id: parentId });

    for (const id of [999_999, parentId])
      await assertRefusedWhole(
        farm,
        'jobSubmit',
        'not-found',
        { what: 'folder', id },
        { job: aJob(1, { parentId: id }) },
      );
  });

  it('refuses to wait for a job that is not there or was deleted', async () => {
    const parent = await submit(1);
    await farm.admin.jobDelete({ id: parent });

    for (const id of [999_999, parent])
      await assertRefusedWhole(
        farm,
        'jobSubmit',
        'not-found',
        { what: 'job', id },
        { job: aJob(1, { dependIds: [id] }) },
      );
  });

  it('refuses to wait for a folder', async () => {
    const { id } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    const details = { field: 'job.dependIds', rule: `${id} is a folder; only jobs can be waited for` };

    await assertRefusedWhole(farm, 'jobSubmit', 'invalid-input', details, {
      job: aJob(1, { dependIds: [id] }),
    });
  });

  const refusals: readonly [string, Partial<JobSubmission>, string, string][] = [
    [
      'frames that end before they start',
      { startFrame: 5, endFrame: 4 },
      'job.endFrame',
      'must not be before startFrame 5; it is 4',
    ],
    [
      'more chunks than ten million',
      { endFrame: 10_000_000, byFrame: 0.5 },
      'job.packetSize',
      'gives 19999999 chunks, the most is 10000000; take larger packets',
    ],
    [
      'an unknown template',
      { templateId: 7 },
      'job.templateId',
      'must be a template of the farm, see templateGetList; it is 7',
    ],
    [
      'a job without an attribute that its template needs',
      { attributes: {} },
      'job.attributes.command',
      'is required, unless ADD_FLAGS has the whole command line',
    ],
    [
      'more attributes than a job can keep',
      {
        attributes: Object.fromEntries(
          ['command', 'b', 'c', 'd'].map((name) => [name, { value: 'x'.repeat(32_768) }]),
        ),
      },
      'job.attributes',
      'must not have more than 131072 bytes in all',
    ],
    [
      'more environment than a job can keep',
      { environment: Object.fromEntries(['A', 'B', 'C', 'D'].map((name) => [name, 'x'.repeat(32_768)])) },
      'job.environment',
      'must not have more than 131072 bytes in all',
    ],
    [
      'an environment that no process can be started with',
      { environment: { A: 'a\0b' } },
      'job.environment.A',
      'must not contain a null character',
    ],
  ];
  for (const [what, change, field, rule] of refusals) {
    it(`refuses ${what}`, async () => {
      await assertRefusedWhole(farm, 'jobSubmit', 'invalid-input', { field, rule }, { job: aJob(1, change) });
    });
  }

  it('keeps a job that is as large as a job can be', async () => {
    const attributes = {
      command: { value: '/bin/true' },
      ...Object.fromEntries(['b', 'c', 'd'].map((name) => [name, { value: '\u20ac'.repeat(14_000) }])),
    };
    const environment = { A: 'x'.repeat(32_768), B: 'x'.repeat(32_768), C: 'x'.repeat(32_768) };

    const id = await submit(1, { attributes, environment });

    assert.deepEqual((await farm.admin.jobGet({ id })).job.environment, environment);
  });

  it('makes half a submit invisible until its state is written', async () => {
    farm.writes.crashAfter(3);

    await assert.rejects(farm.admin.jobSubmit({ job: aJob(1, { name: 'half' }) }));
    const { jobs } = await farm.admin.jobGetList({});

    assert.equal(
      jobs.some(({ name }) => name === 'half'),
      false,
    );
  });
});
