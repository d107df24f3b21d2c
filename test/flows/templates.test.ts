/** An engine of the studio's own: pushed, rendered with, rolled back and removed. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { aJob } from '../support/aJob.ts';
import { anEngine } from '../support/anEngine.ts';
import { aPythonSource } from '../support/pythonTemplates.ts';
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

describe('a template', () => {
  it('gets no node of a platform that it does not run on, nor one without the Python that it needs', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.templatePush({ python: aPythonSource(2_060, { platforms: ['linux', 'win32'] }) });
    const without = await farm.addNode('alpha', { capabilities: { software: [] } });
    const mac = await farm.addNode('beta', { capabilities: { platform: 'darwin' } });
    const fit = await farm.addNode('gamma');
    const { id } = await farm.admin.jobSubmit({ job: aJob(3, { templateId: 2_060, packetSize: 1 }) });
    await farm.drain();

    const claims = [await without.claim(), await mac.claim(), await fit.claim()];
    const { nodes } = await farm.admin.jobExplain({ id });

    assert.deepEqual(
      claims.map((work) => work?.assignment.jobId),
      [undefined, undefined, id],
    );
    assert.deepEqual(
      nodes.slice(0, 2).map(({ name, rule }) => [name, rule]),
      [
        ['alpha', 'has no python3, which template 2060 needs'],
        ['beta', 'platform is darwin, template 2060 runs on linux and win32'],
      ],
    );
  });

  it('gets the node that has installed Python meanwhile', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha', { capabilities: { software: [] } });
    const { id } = await farm.admin.jobSubmit({
      job: aJob(1, { templateId: 910, attributes: { code: { value: 'print(1)' } } }),
    });
    const before = await node.claim();

    const again = await farm.addNode('alpha', { secret: node.secret });
    const after = await again.claim();

    assert.deepEqual([before, after?.assignment.jobId, after?.program], [null, id, 'rollcall:python']);
  });
});

describe('a template in Python', () => {
  it('is named in the work of its jobs by hash and link, with the job that its functions are given', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const python = aPythonSource(2_050, { hooks: ['onBuildCommandLine', 'onCheckLog'] });
    await farm.admin.templatePush({ python, requestToken: 'python-push' });
    const { id } = await farm.admin.jobSubmit({
      job: aJob(3, { templateId: 2_050, packetSize: 1, attributes: { job_file: { value: '/a.ma' } } }),
    });

    const first = await node.claim();
    await farm.admin.templatePush({ python: { ...python, source: `${python.source}# newer\n` } });
    farm.clock.advance(5_001);
    const second = await node.report();
    const fetched = await fetch(first?.python?.url ?? '');
    const text = gunzipSync(Buffer.from(await fetched.arrayBuffer())).toString();

    assert.equal(first?.program, 'rollcall:python-template');
    assert.equal(text, python.source);
    assert.equal(first?.python?.sha256, createHash('sha256').update(python.source).digest('hex'));
    assert.deepEqual(
      [first?.python?.name, first?.python?.file, first?.python?.edition, first?.python?.hooks],
      ['python 2050', 'studio.py', 1, ['onBuildCommandLine', 'onCheckLog']],
    );
    assert.deepEqual(
      [first?.python?.job.id, first?.python?.job.owner, first?.python?.job.attributes],
      [id, 'admin', { job_file: { value: '/a.ma', state: true, subst: false } }],
    );
    assert.equal(second?.python?.edition, 2);
    assert.notEqual(second?.python?.sha256, first?.python?.sha256);
  });
});

describe('the variables MUSTER_… of a job', () => {
  it('are given to processes of every template once the farm says so, before those of template and job', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.admin.templatePush({ definition: anEngine(2_001, { environment: { A: '1' } }) });
    const { id } = await farm.admin.jobSubmit({
      job: aJob(2, {
        templateId: 2_001,
        packetSize: 1,
        environment: { MUSTER_NAME: 'mine' },
        attributes: { job_file: { value: '/a.ma' } },
      }),
    });

    const before = await node.claim();
    await farm.admin.systemSetConfiguration({ configuration: { exportsJobVariables: true, version: 0 } });
    farm.clock.advance(5_001);
    const after = await node.report();

    assert.deepEqual(before?.environment, { A: '1', MUSTER_NAME: 'mine' });
    assert.deepEqual(
      [after?.environment['A'], after?.environment['MUSTER_NAME'], after?.environment['MUSTER_JOB_ID']],
      ['1', 'mine', String(id)],
    );
  });
});
