import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JobSubmission } from '../../client/src/generated.ts';
import { aJob } from '../support/aJob.ts';
import { anEngine } from '../support/anEngine.ts';
import { onEmbedded, startFarm } from '../support/startFarm.ts';

type Farm = Awaited<ReturnType<typeof startFarm>>;
type Node = Awaited<ReturnType<Farm['addNode']>>;

const withMovie = (change: Partial<JobSubmission> = {}): JobSubmission =>
  aJob(3, {
    name: 'shot 010',
    outputFiles: '/out/a.####.png',
    movie: { output: '/out/a.mp4', frameRate: 24, flags: '-an' },
    project: 'Rome',
    priority: 70,
    ...change,
  });

/** Renders until the farm rests, all chunks of one job with a given outcome. */
async function render(farm: Farm, node: Node, failing = 0): Promise<void> {
  const outcome = (jobId: number) => (jobId === failing ? ('failed' as const) : ('completed' as const));
  for (let round = 0; round < 4; round += 1) {
    for (let work = await node.claim(); work !== null; ) {
      work = await node.report({ outcome: outcome(work.assignment.jobId) });
    }
    await farm.drain();
  }
}

const jobsOf = async (farm: Farm) =>
  [...(await farm.admin.jobGetList({})).jobs]
    .sort((a, b) => a.id - b.id)
    .map(({ name, templateId, status }) => [name, templateId, status]);

describe('what comes after the end of a job', () => {
  it('is the job of its movie, made of its own frames, once it has completed', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: withMovie() });

    await render(farm, node);

    assert.deepEqual(await jobsOf(farm), [
      ['shot 010', 43, 'completed'],
      ['shot 010, movie', 48, 'completed'],
    ]);
    const { job } = await farm.admin.jobGet({ id: id + 1 });
    assert.deepEqual(
      [job.owner, job.project, job.priority, job.dependIds, job.startFrame, job.endFrame, job.packetSize],
      ['admin', 'Rome', 70, [id], 1, 3, 3],
    );
    assert.deepEqual(job.attributes, {
      input: { value: '/out/a.####.png', state: true, subst: true },
      output: { value: '/out/a.mp4', state: true, subst: true },
      frame_rate: { value: 24, state: true, subst: false },
      ADD_FLAGS: { value: '-an', state: true, subst: true },
    });
  });

  it('is no movie when a chunk has failed, but the action behind the job', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({
      job: withMovie({
        maximumChunksRequeue: 0,
        environment: { A: 'a' },
        attributes: { command: { value: '/bin/true' }, working_folder: { value: '/jobs' } },
        actions: {
          afterJob: {
            command: 'tell "the artist" <%= job.getName() %>',
            timeoutSeconds: 7,
            checksExitCode: false,
          },
        },
      }),
    });
    const outcome = 'failed' as const;

    for (let work = await node.claim(); work !== null; ) work = await node.report({ outcome });
    await farm.drain();
    const work = await node.claim();

    assert.deepEqual(await jobsOf(farm), [
      ['shot 010', 43, 'failed'],
      ['shot 010, after job', 911, 'in-progress'],
    ]);
    assert.ok(work !== null);
    assert.deepEqual(
      [work.program, work.arguments, work.timeoutSeconds, work.checks.checksExitCode, work.startingFolder],
      ['tell', ['the artist', '<%= job.getName() %>'], 7, false, '/jobs'],
    );
    const { A, MUSTER_JOB_ID, MUSTER_STATUS } = work.environment;
    assert.deepEqual([A, MUSTER_JOB_ID, MUSTER_STATUS], ['a', String(id), '5']);
    assert.deepEqual(
      [work.expressions?.isInProgram, work.expressions?.isOfChunk, work.expressions?.job['id']],
      [true, false, id],
    );
  });

  it('comes again with each completion, and never for a job without', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: withMovie() });
    await farm.admin.jobSubmit({ job: aJob(1, { name: 'plain' }) });
    await render(farm, node);

    await farm.admin.jobReinit({ id });
    await render(farm, node);
    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 1, status: 'queued' });
    await farm.drain();
    await render(farm, node);

    assert.deepEqual(
      (await jobsOf(farm)).map(([name]) => name),
      ['shot 010', 'plain', 'shot 010, movie', 'shot 010, movie', 'shot 010, movie'],
    );
  });

  it('is made of the frames of a pushed template, too', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.admin.templatePush({ definition: anEngine(2_001) });
    await farm.admin.jobSubmit({
      job: withMovie({ templateId: 2_001, attributes: { job_file: { value: '/a.ma' } } }),
    });

    await render(farm, node);

    assert.deepEqual(await jobsOf(farm), [
      ['shot 010', 2_001, 'completed'],
      ['shot 010, movie', 48, 'completed'],
    ]);
  });

  it('follows an edit of the job', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: withMovie({ movie: null }) });
    const { id: other } = await farm.admin.jobSubmit({ job: withMovie({ name: 'other' }) });
    await farm.admin.jobEdit({ id, changes: { movie: { output: '/out/b.mp4' } } });
    await farm.admin.jobEdit({ id: other, changes: { movie: null } });

    await render(farm, node);

    assert.deepEqual(
      (await jobsOf(farm)).map(([name]) => name),
      ['shot 010', 'other', 'shot 010, movie'],
    );
  });

  onEmbedded('is submitted once, however often its message comes', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: withMovie() });
    await render(farm, node);
    const { version } = (await farm.admin.jobGet({ id })).job;
    const message = { kind: 'follow-ups', jobId: id, generation: 1, version, isCompleted: true } as const;

    await farm.context.recountQueue.send(message);
    await farm.context.recountQueue.send(message);
    await farm.drain();
    const before = await jobsOf(farm);
    await farm.admin.jobDelete({ id });
    await farm.context.recountQueue.send({ ...message, version: version + 1 });
    await farm.drain();

    assert.equal(before.length, 2);
    assert.deepEqual(
      (await jobsOf(farm)).map(([name]) => name),
      ['shot 010, movie'],
    );
  });
});
