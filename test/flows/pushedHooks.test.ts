/** Hooks of templates that were pushed, in their own processes. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { TypescriptSource } from '../../client/src/generated.ts';
import { itWithPython } from '../python/runPython.ts';
import { aJob } from '../support/aJob.ts';
import { anEngine } from '../support/anEngine.ts';
import { aPythonSource, aTemplate } from '../support/pythonTemplates.ts';
import { onEmbedded, startFarm, type TestFarm } from '../support/startFarm.ts';

const file = { job_file: { value: '/shot.ma' } };

/** Pushes an engine with one hook. */
async function push(
  farm: TestFarm,
  hook: TypescriptSource['dispatcherHooks'][number],
  body: string,
): Promise<void> {
  const source = `export const hooks = { async ${hook}({ job, depth }, { client }) { ${body} } };`;
  await farm.admin.templatePush({
    definition: anEngine(2_001, { name: 'toon' }),
    typescript: { file: 'toon.ts', dispatcherHooks: [hook], source },
  });
}

const aToon = (fields: object = {}) => aJob(1, { templateId: 2_001, attributes: file, ...fields });

describe('a pushed hook in TypeScript', () => {
  onEmbedded('refuses jobs without a project, in the edition that is in force', async (t) => {
    const farm = await startFarm(t);
    await push(farm, 'onValidateJobSubmission', "if (job.project === '') return { error: 'no project' };");

    const refused = farm.admin.jobSubmit({ job: aToon() });

    await assert.rejects(refused, {
      code: 'hook-refused',
      details: {
        hook: 'onValidateJobSubmission',
        template: 'toon',
        rule: 'no project',
      },
    });
    await farm.admin.jobSubmit({ job: aToon({ project: 'Rome' }) });
    await push(farm, 'onValidateJobSubmission', '');
    farm.clock.advance(6_000);
    await farm.admin.jobSubmit({ job: aToon() });
    await farm.admin.templateRollBack({ id: 2_001 });
    farm.clock.advance(6_000);
    await assert.rejects(farm.admin.jobSubmit({ job: aToon() }), { code: 'hook-refused' });
    assert.equal((await farm.admin.jobGetList({})).jobs.length, 2);
  });

  onEmbedded('is asked about each chunk', async (t) => {
    const farm = await startFarm(t);
    const hook = 'onValidateChunkDependancies';
    const source = `export const hooks = { ${hook}({ job, chunk }) {
      if (chunk.startFrame % 2 === 0) return { error: 'no cache of ' + job.name + ' ' + chunk.startFrame };
    } };`;
    await farm.admin.templatePush({
      definition: anEngine(2_001, { name: 'toon' }),
      typescript: { file: 'toon.ts', dispatcherHooks: [hook], source },
    });
    const { id } = await farm.admin.jobSubmit({ job: aToon({ name: 'shot 10', endFrame: 3 }) });
    await farm.drain();

    const { chunks } = await farm.admin.chunkGetList({ jobId: id });
    assert.deepEqual(
      chunks.map(({ status }) => status),
      ['queued', 'waiting', 'queued'],
    );
    assert.equal(
      chunks[1]?.message,
      'onValidateChunkDependancies of its template says: no cache of shot 10 2',
    );
  });

  onEmbedded('that hangs is killed, refuses the job, and the farm goes on', async (t) => {
    const farm = await startFarm(t);
    const { version } = (await farm.admin.systemGetConfiguration({})).configuration;
    await farm.admin.systemSetConfiguration({ configuration: { hookSeconds: 1, version } });
    farm.clock.advance(6_000);
    await push(farm, 'onValidateJobSubmission', 'for (;;);');

    await assert.rejects(farm.admin.jobSubmit({ job: aToon() }), {
      code: 'hook-failed',
      message: /it did not end within 1 s and was killed/,
    });

    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'queued');
  });

  onEmbedded(
    'that hangs when asked about chunks keeps those waiting, says so, and holds up no other job',
    async (t) => {
      const farm = await startFarm(t);
      const { version } = (await farm.admin.systemGetConfiguration({})).configuration;
      await farm.admin.systemSetConfiguration({ configuration: { hookSeconds: 1, version } });
      farm.clock.advance(6_000);
      await push(farm, 'onValidateChunkDependancies', 'for (;;);');
      const { id } = await farm.admin.jobSubmit({ job: aToon({ endFrame: 3 }) });
      const other = await farm.admin.jobSubmit({ job: aJob(1) });
      const node = await farm.addNode('alpha');

      await farm.drain();

      assert.equal((await node.claim())?.assignment.jobId, other.id);
      const { chunks } = await farm.admin.chunkGetList({ jobId: id });
      assert.deepEqual(
        chunks.map(({ status, message }) => [status, /did not end within 1 s and was killed/.test(message)]),
        [
          ['waiting', true],
          ['waiting', true],
          ['waiting', true],
        ],
      );
      const { failures } = await farm.admin.templateGetHookFailures({});
      assert.deepEqual(
        failures.map(({ key }) => key),
        ['2001:onValidateChunkDependancies'],
      );
    },
  );

  onEmbedded('that submits a job of its own template comes to an end', async (t) => {
    const farm = await startFarm(t);
    const job = JSON.stringify(aToon());
    await push(
      farm,
      'onValidateJobSubmission',
      `await client.jobSubmit({ job: ${job} }).catch((error) => console.log(depth, error.code));`,
    );
    const { version } = (await farm.admin.systemGetConfiguration({})).configuration;
    await farm.admin.systemSetConfiguration({ configuration: { hookSeconds: 10, version } });
    farm.clock.advance(6_000);

    await farm.admin.jobSubmit({ job: aToon() });

    const { jobs } = await farm.admin.jobGetList({});
    assert.deepEqual(
      jobs.map(({ owner }) => owner),
      ['admin', 'hook toon', 'hook toon', 'hook toon'],
    );
    assert.deepEqual(
      farm.logged.filter(({ event }) => event === 'hook-printed').map(({ output }) => output),
      ['3 hook-recursion\n'],
    );
  });
});

describe('a pushed hook that is told', () => {
  onEmbedded('hears of its job at once after the push, and submits what comes next', async (t) => {
    const farm = await startFarm(t);
    const next = JSON.stringify(aJob(1, { name: 'comp' }));
    await push(farm, 'onJobCompleted', `await client.jobSubmit({ job: ${next}, owner: job.owner });`);
    farm.clock.advance(6_000);
    const node = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aToon() });

    for (let work = await node.claim(); work !== null; work = await node.report());
    await farm.drain();

    const { jobs } = await farm.admin.jobGetList({});
    assert.deepEqual(jobs.map(({ name, owner }) => [name, owner]).at(-1), ['comp', 'admin']);
    assert.equal(jobs.length, 2);
  });
});

describe('a pushed hook in Python', () => {
  itWithPython('is asked about each chunk', async (t) => {
    const farm = await startFarm(t);
    const functions = `
def onValidateChunkDependancies(self, job, chunk):
    if chunk.getStartFrame() == 2:
        return MTemplateError(7, "no cache of %s" % job.getName())
    return MTemplateError()`;
    const source = aTemplate({ id: 2_100, name: 'python 2100', functions });
    await farm.admin.templatePush({
      python: aPythonSource(2_100, { source, dispatcherHooks: ['onValidateChunkDependancies'] }),
    });
    const { id } = await farm.admin.jobSubmit({ job: aJob(3, { templateId: 2_100, name: 'shot 10' }) });
    await farm.drain();

    const { chunks } = await farm.admin.chunkGetList({ jobId: id });
    assert.deepEqual(
      chunks.map(({ status }) => status),
      ['queued', 'waiting', 'queued'],
    );
    assert.match(String(chunks[1]?.message), /no cache of shot 10/);
  });

  itWithPython('refuses jobs, and sees other jobs through MDispatcherAPI', async (t) => {
    const farm = await startFarm(t);
    const functions = `
def onValidateJobSubmission(self, job):
    import MDispatcherAPI
    error, jobs = MDispatcherAPI.jobGetList()
    if error.getErrorCode() != 0:
        return error
    if job.getName() in [other.getName() for other in jobs]:
        return MTemplateError(7, "there is a job %s" % job.getName())
    return MTemplateError()`;
    const source = aTemplate({ id: 2_100, name: 'python 2100', functions });
    await farm.admin.templatePush({
      python: aPythonSource(2_100, { source, dispatcherHooks: ['onValidateJobSubmission'] }),
    });
    const job = aJob(1, { templateId: 2_100, name: 'shot 10' });

    await farm.admin.jobSubmit({ job });
    const again = farm.admin.jobSubmit({ job });

    await assert.rejects(again, {
      code: 'hook-refused',
      message: /there is a job shot 10/,
    });
  });
});

const throwsInTypescript = "throw new Error('no database');";
const throwsInPython = 'raise ValueError("no database")';
const submitsInTypescript = `await client.jobSubmit({ job: ${JSON.stringify(aToon())} });`;
const submitsInPython = `from MDispatcherAPI import MJob, jobSubmit
next = MJob()
next.setName("next")
next.setTemplateID(2001)
return jobSubmit(next, "admin")`;

describe('a pushed onSubmitJob that means no good', () => {
  const cases: readonly (readonly [
    what: string,
    typescript: string,
    python: string,
    reason: string,
    message: RegExp,
    jobs: number,
  ])[] = [
    ['throws', throwsInTypescript, throwsInPython, 'threw', /no database/, 1],
    [
      'eats memory',
      'for (const all = []; ; ) all.push(new Array(1_000_000).fill(1));',
      'all = ["x" * 10**9]',
      'out-of-memory',
      /[Mm]emory/,
      1,
    ],
    // Those that hooks submitted are told of too, down to the fourth, which is refused.
    ['submits a job of its own kind', submitsInTypescript, submitsInPython, 'threw', /hook/, 4],
  ];

  for (const [what, typescript, python, reason, message, jobs] of cases) {
    for (const language of ['TypeScript', 'Python']) {
      itWithPython(
        `and ${what} in ${language} is in the list of failures, and the farm goes on`,
        async (t) => {
          const farm = await startFarm(t);
          if (language === 'TypeScript') await push(farm, 'onSubmitJob', typescript);
          else {
            const functions = `def onSubmitJob(self, job):\n${python.replaceAll(/^/gm, '    ')}`;
            const source = aTemplate({ id: 2_001, name: 'toon', functions });
            await farm.admin.templatePush({
              python: aPythonSource(2_001, { name: 'toon', source, dispatcherHooks: ['onSubmitJob'] }),
            });
          }
          farm.clock.advance(6_000);

          await farm.admin.jobSubmit({ job: aToon() });
          for (let round = 0; round < 6; round += 1) {
            await farm.drain();
            farm.clock.advance(31_000);
          }

          const { failures } = await farm.admin.templateGetHookFailures({});
          assert.deepEqual(
            failures.map((failure) => [failure.hook, failure.reason, failure.count, failure.isGivenUp]),
            [['onSubmitJob', reason, 5, true]],
          );
          assert.match(failures[0]?.message ?? '', message);
          const all = (await farm.admin.jobGetList({})).jobs;
          assert.equal(all.length, jobs);
          const node = await farm.addNode('alpha');
          for (let work = await node.claim(); work !== null; work = await node.report());
          await farm.drain();
          assert.deepEqual(
            (await farm.admin.jobGetList({ status: 'completed' })).jobs.map(({ id }) => id),
            all.map(({ id }) => id),
          );
        },
      );
    }
  }
});
