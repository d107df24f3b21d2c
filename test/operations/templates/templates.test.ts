import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { anEngine } from '../../support/anEngine.ts';
import { aPythonSource } from '../../support/pythonTemplates.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';
import { startFarm } from '../../support/startFarm.ts';

const farm = await sharedFarm();
const scene = { attributes: { job_file: { value: '/jobs/a.ma' } } };

describe('templatePush', () => {
  it('puts an engine in force, whose jobs are rendered by its command line and hold its limits', async (t) => {
    const studio = await startFarm(t);
    const [alpha, beta] = [await studio.addNode('alpha'), await studio.addNode('beta')];
    const definition = anEngine(2_001, { limits: [{ name: 'toon', maximum: 1 }] });
    const { edition } = await studio.admin.templatePush({ definition });
    await studio.admin.jobSubmit({ job: aJob(2, { templateId: 2_001, packetSize: 1, ...scene }) });

    const first = await alpha.claim();
    const second = await beta.claim();

    assert.equal(edition, 1);
    assert.equal(first?.program, 'render');
    assert.deepEqual(first?.arguments, ['-s', '1', '-e', '1', '/jobs/a.ma']);
    assert.equal(second, null);
  });

  it('builds chunks by the newest edition five seconds later', async (t) => {
    const studio = await startFarm(t);
    const node = await studio.addNode('alpha');
    await studio.admin.templatePush({ definition: anEngine(2_001) });
    await studio.admin.jobSubmit({ job: aJob(2, { templateId: 2_001, packetSize: 1, ...scene }) });
    await node.claim();
    const programs = { linux: 'render2', darwin: 'render2', win32: 'render2' };
    const { edition } = await studio.admin.templatePush({ definition: anEngine(2_001, { programs }) });
    studio.clock.advance(5_000);

    const next = await node.report();

    assert.equal(edition, 2);
    assert.equal(next?.program, 'render2');
  });

  it('checks a definition and pushes nothing in a dry run', async () => {
    const answer = await farm.admin.templatePush({ definition: anEngine(3_000), dryRun: true });

    assert.deepEqual(answer, { edition: null });
    await assertRefusedWhole(
      farm,
      'templateGet',
      'not-found',
      { what: 'template', id: 3_000 },
      { id: 3_000 },
    );
  });

  it('refuses ids and names of the templates of the project', async () => {
    await assertRefusedWhole(
      farm,
      'templatePush',
      'invalid-input',
      {
        field: 'definition.id',
        rule: '43 is the template command of the project; take another from 1000 on',
      },
      { definition: anEngine(43) },
    );
    await assertRefusedWhole(
      farm,
      'templatePush',
      'invalid-input',
      { field: 'definition.name', rule: 'nuke is the template 49 of the project; take another' },
      { definition: anEngine(3_001, { name: 'nuke' }) },
    );
  });

  it('refuses a placeholder that nothing fills, also in a dry run', async () => {
    const definition = anEngine(3_002, { arguments: ['{scene}'] });
    for (const dryRun of [false, true]) {
      await assertRefusedWhole(
        farm,
        'templatePush',
        'invalid-input',
        { field: 'definition.arguments', rule: '{scene} must be a field or a frame number' },
        { definition, dryRun },
      );
    }
  });

  it('refuses a pattern that is no regular expression', async () => {
    const { checks } = anEngine(3_003);
    await assertRefusedWhole(
      farm,
      'templatePush',
      'invalid-input',
      { field: 'definition.checks.errorPatterns', rule: '(open must be a regular expression' },
      { definition: anEngine(3_003, { checks: { ...checks, errorPatterns: ['(open'] } }) },
    );
  });
});

describe('templatePush of a template in Python', () => {
  it('keeps its text under its hash, and shows what it declares', async (t) => {
    const studio = await startFarm(t);
    const python = aPythonSource(2_001, { source: 'print(1)\n' });
    const { edition } = await studio.admin.templatePush({ python });

    const { template } = await studio.admin.templateGet({ id: 2_001 });

    const { source: _source, ...declared } = python;
    assert.equal(edition, 1);
    assert.equal(template.definition, null);
    assert.deepEqual(template.fields, python.fields);
    assert.deepEqual(template.python, {
      ...declared,
      sha256: 'cc42155088fca5730758db72b2a5bca33112a941dfaa2d43098ec422ce4ea213',
    });
  });

  it('refuses its jobs by kinds of fields, packet type, platform and frames', async (t) => {
    const studio = await startFarm(t);
    const fields = [{ name: 'lines', label: 'Lines', kind: 'integer' as const, required: false }];
    await studio.admin.templatePush({
      python: aPythonSource(2_001, { fields, platforms: ['linux', 'win32'] }),
    });

    for (const [change, field, rule] of [
      [{ attributes: { lines: { value: 'many' } } }, 'lines', 'must be a whole number'],
      [{ packetType: 'image-slices' }, 'packetType', 'must be multiframe with python 2001'],
      [{ platform: 'darwin' }, 'platform', 'must be linux or win32: python 2001 runs on no other'],
      [{ startFrame: 0.5 }, 'startFrame', 'must be a whole number'],
    ] as const) {
      await assertRefusedWhole(
        studio,
        'jobSubmit',
        'invalid-input',
        { field: `job.attributes.${field}`, rule },
        { job: aJob(3, { templateId: 2_001, ...change }) },
      );
    }
  });

  it('sends jobs for any platform to the one that it runs on', async (t) => {
    const studio = await startFarm(t);
    await studio.admin.templatePush({ python: aPythonSource(2_001, { platforms: ['win32'] }) });
    const { id } = await studio.admin.jobSubmit({ job: aJob(1, { templateId: 2_001 }) });

    const { job } = await studio.admin.jobGet({ id });
    const { job: edited } = await studio.admin.jobEdit({ id, changes: { platform: 'any', priority: 60 } });

    assert.equal(job.platform, 'win32');
    assert.deepEqual([edited.platform, edited.priority], ['win32', 60]);
  });

  it('refuses ids of the project, nothing at all, and two templates at once, also in a dry run', async () => {
    for (const dryRun of [false, true]) {
      await assertRefusedWhole(
        farm,
        'templatePush',
        'invalid-input',
        {
          field: 'python.id',
          rule: '43 is the template command of the project; take another from 1000 on',
        },
        { python: aPythonSource(43), dryRun },
      );
    }
    await assertRefusedWhole(
      farm,
      'templatePush',
      'invalid-input',
      { field: 'definition', rule: 'must be given, or python for a template in Python' },
      {},
    );
    await assertRefusedWhole(
      farm,
      'templatePush',
      'invalid-input',
      { field: 'python', rule: 'must be left out where there is a definition' },
      { definition: anEngine(3_020), python: aPythonSource(3_020) },
    );
  });
});

describe('templateGetList', () => {
  it('lists templates of the project and pushed ones by id, page by page', async (t) => {
    const studio = await startFarm(t);
    await studio.admin.templatePush({ definition: anEngine(2_001) });

    const first = await studio.admin.templateGetList({ limit: 3 });
    const rest = await studio.admin.templateGetList({ limit: 100, pageToken: first.nextPageToken ?? '' });

    assert.deepEqual(
      first.templates.map(({ id, name, edition }) => [id, name, edition]),
      [
        [1, 'maya-software', null],
        [37, 'maya-vray', null],
        [43, 'command', null],
      ],
    );
    assert.deepEqual(rest.templates.at(-1), {
      id: 2_001,
      name: 'engine 2001',
      description: 'Renders frames.',
      edition: 1,
    });
    assert.equal(rest.nextPageToken, null);
  });
});

describe('templateGet', () => {
  it('shows what a template of the project reads and watches for', async () => {
    const { template } = await farm.admin.templateGet({ id: 49 });

    assert.equal(template.name, 'nuke');
    assert.equal(template.edition, null);
    assert.equal(template.definition, null);
    assert.deepEqual(
      template.fields.map(({ name }) => name),
      ['job_file', 'write_node', 'views', 'threads', 'ADD_FLAGS'],
    );
    assert.equal(template.checks.errorPatterns[0], '^ERROR: ');
  });

  it('shows what was pushed, by whom and when', async (t) => {
    const studio = await startFarm(t);
    const definition = anEngine(2_001);
    await studio.admin.templatePush({ definition });

    const { template } = await studio.admin.templateGet({ id: 2_001 });

    assert.deepEqual(template.definition, definition);
    assert.deepEqual(template.editions, [
      { edition: 1, pushedBy: 'admin', pushedAt: new Date(studio.clock.now()).toISOString() },
    ]);
  });
});

describe('templateRollBack', () => {
  it('puts the edition before in force, or the one that is named', async (t) => {
    const studio = await startFarm(t);
    for (const description of ['one', 'two', 'three']) {
      await studio.admin.templatePush({ definition: anEngine(2_001, { description }) });
    }

    const before = await studio.admin.templateRollBack({ id: 2_001 });
    const named = await studio.admin.templateRollBack({ id: 2_001, edition: 3 });
    await studio.admin.templateRollBack({ id: 2_001, edition: 1 });
    const { template } = await studio.admin.templateGet({ id: 2_001 });
    const pushed = await studio.admin.templatePush({ definition: anEngine(2_001) });

    assert.deepEqual([before.edition, named.edition, template.description], [2, 3, 'one']);
    assert.equal(pushed.edition, 4);
  });

  it('refuses where there is no earlier edition, no such edition, or nothing was pushed', async () => {
    await farm.admin.templatePush({ definition: anEngine(3_010) });

    await assertRefusedWhole(
      farm,
      'templateRollBack',
      'invalid-input',
      { field: 'edition', rule: 'must be given: edition 1 is in force, and none is before it' },
      { id: 3_010 },
    );
    await assertRefusedWhole(
      farm,
      'templateRollBack',
      'not-found',
      { what: 'edition of template 3010', id: 7 },
      { id: 3_010, edition: 7 },
    );
    await assertRefusedWhole(
      farm,
      'templateRollBack',
      'not-found',
      { what: 'pushed template', id: 43 },
      { id: 43 },
    );
  });
});

describe('templateRemove', () => {
  it('removes a template; its jobs say what they wait for and go on when it is pushed again', async (t) => {
    const studio = await startFarm(t);
    const node = await studio.addNode('alpha');
    await studio.admin.templatePush({ definition: anEngine(2_001) });
    const { id } = await studio.admin.jobSubmit({ job: aJob(1, { templateId: 2_001, ...scene }) });
    await studio.admin.templateRemove({ id: 2_001 });

    const without = await node.claim();
    const explained = await studio.admin.jobExplain({ id });
    const { edition } = await studio.admin.templatePush({ definition: anEngine(2_001) });
    const work = await node.claim();

    assert.equal(without, null);
    assert.deepEqual(explained.job, ['template 2001 is not installed']);
    assert.equal(edition, 1);
    assert.equal(work?.program, 'render');
  });

  it('refuses templates of the project and those that are not there', async () => {
    for (const id of [43, 3_999]) {
      await assertRefusedWhole(farm, 'templateRemove', 'not-found', { what: 'pushed template', id }, { id });
    }
  });
});
