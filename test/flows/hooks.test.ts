import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type HookCall, type JobHook, jobHooks, type Template } from '../../shared/contract/hooks.ts';
import { commandTemplate } from '../../templates/command.ts';
import { aJob } from '../support/aJob.ts';
import { onEmbedded, startFarm } from '../support/startFarm.ts';

/** A template whose hooks note what they are told, and fail as often as they are asked to. */
function aTemplate(failures = 0): { template: Template; heard: string[]; keys: string[] } {
  const heard: string[] = [];
  const keys: string[] = [];
  let left = failures;
  const note =
    (hook: JobHook) =>
    async ({ job, key }: HookCall): Promise<void> => {
      keys.push(key);
      if (left > 0) {
        left -= 1;
        throw new Error('not now');
      }
      heard.push(`${hook} ${job?.id} ${job?.status}`);
    };
  const hooks = {
    onJobStart: note('onJobStart'),
    onJobEnd: note('onJobEnd'),
    onJobCompleted: note('onJobCompleted'),
  };
  return { template: { ...commandTemplate, hooks }, heard, keys };
}

/** A template with every hook that is told of jobs, and all that they were given. */
function anAttentiveTemplate(): { template: Template; calls: HookCall[]; takeCalls: () => HookCall[] } {
  const calls: HookCall[] = [];
  const note = async (call: HookCall): Promise<void> => {
    calls.push(call);
  };
  const hooks = Object.fromEntries(jobHooks.map((hook) => [hook, note]));
  return { template: { ...commandTemplate, hooks }, calls, takeCalls: () => calls.splice(0) };
}

describe('hooks of a template', () => {
  onEmbedded('hear of a whole life, in order and each transition under one key', async (t) => {
    const { template, takeCalls } = anAttentiveTemplate();
    const farm = await startFarm(t, { templates: [template] });
    const { id } = await farm.admin.jobSubmit({ job: { ...aJob(2), name: 'shot 10' } });
    const heardAfter = async (what: () => Promise<unknown>): Promise<string[]> => {
      await what();
      await farm.drain();
      return takeCalls().map(({ hook, key, job, chunk, user }) => {
        assert.deepEqual(
          [key, job?.id, chunk, user],
          [`${id}:${job?.generation}:${job?.version}:${hook}`, id, null, null],
        );
        return `${hook} ${job?.name}, ${job?.status}${job?.paused ? ', paused' : ''}`;
      });
    };
    const render = async (): Promise<void> => {
      const node = await farm.addNode('alpha');
      for (let work = await node.claim(); work !== null; work = await node.report());
    };

    assert.deepEqual(await heardAfter(async () => {}), ['onSubmitJob shot 10, queued']);
    assert.deepEqual(await heardAfter(() => farm.admin.jobEdit({ id, changes: { name: 'shot 11' } })), [
      'onEditJob shot 11, queued',
      'onJobPropertiesChanged shot 11, queued',
    ]);
    assert.deepEqual(await heardAfter(() => farm.admin.jobEdit({ id, changes: { paused: true } })), [
      'onJobPropertiesChanged shot 11, queued, paused',
    ]);
    assert.deepEqual(
      await heardAfter(() => farm.admin.jobEdit({ id, changes: { paused: false, endFrame: 3 } })),
      ['onEditJob shot 11, queued', 'onJobPropertiesChanged shot 11, queued'],
    );
    assert.deepEqual(await heardAfter(render), [
      'onJobStart shot 11, in-progress',
      'onJobEnd shot 11, completed',
      'onJobCompleted shot 11, completed',
    ]);
    assert.deepEqual(await heardAfter(() => farm.admin.jobReinit({ id })), [
      'onReinitJob shot 11, queued',
      'onJobStart shot 11, in-progress',
    ]);
    assert.deepEqual(await heardAfter(() => farm.admin.jobDelete({ id })), ['onDeleteJob shot 11, deleting']);
    farm.clock.advance(120_000);
    assert.deepEqual(await heardAfter(() => farm.tick()), []);
    assert.equal(await farm.context.jobs.findState(id, { consistent: true }), undefined);
  });

  onEmbedded('hear of a job that is gone before they run', async (t) => {
    const { template, takeCalls } = anAttentiveTemplate();
    const farm = await startFarm(t, { templates: [template] });
    const { id } = await farm.admin.jobSubmit({ job: { ...aJob(1), name: 'short-lived' } });
    await farm.admin.jobDelete({ id });
    farm.clock.advance(120_000);
    await farm.tick();
    assert.equal(await farm.context.jobs.findState(id, { consistent: true }), undefined);

    await farm.drain();

    assert.deepEqual(
      takeCalls().map(({ hook, job }) => `${hook} ${job?.name}, ${job?.status}`),
      ['onSubmitJob short-lived, queued', 'onDeleteJob short-lived, deleting'],
    );
  });

  onEmbedded('hear of an edit that was cut off in the middle', async (t) => {
    const { template, takeCalls } = anAttentiveTemplate();
    const farm = await startFarm(t, { templates: [template] });
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.drain();
    takeCalls();
    farm.writes.crashOnceAfter('JOBS#');
    await assert.rejects(farm.admin.jobEdit({ id, changes: { name: 'new name' } }));
    farm.writes.calm();

    await farm.drain();

    assert.deepEqual(
      takeCalls().map(({ hook, job }) => `${hook} ${job?.name}`),
      ['onEditJob new name', 'onJobPropertiesChanged new name'],
    );
  });

  onEmbedded('hear once that a job starts, ends and completes, in this order', async (t) => {
    const { template, heard } = aTemplate();
    const farm = await startFarm(t, { templates: [template] });
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });

    await node.claim();
    await farm.drain();
    for (let work = node.work; work !== null; work = await node.report());
    await farm.drain();

    assert.deepEqual(heard, [
      `onJobStart ${id} in-progress`,
      `onJobEnd ${id} completed`,
      `onJobCompleted ${id} completed`,
    ]);
  });

  onEmbedded('hear the start again after a reinit, and not when an ended job is reopened', async (t) => {
    const { template, heard } = aTemplate();
    const farm = await startFarm(t, { templates: [template] });
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const render = async (): Promise<string[]> => {
      for (let work = await node.claim(); work !== null; work = await node.report());
      await farm.drain();
      return heard.splice(0).map((line) => line.split(' ')[0] ?? '');
    };

    assert.deepEqual(await render(), ['onJobStart', 'onJobEnd', 'onJobCompleted']);
    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 1, status: 'queued' });
    assert.deepEqual(await render(), ['onJobEnd', 'onJobCompleted']);
    await farm.admin.jobReinit({ id });
    assert.deepEqual(await render(), ['onJobStart', 'onJobEnd', 'onJobCompleted']);
  });

  onEmbedded('run again under the same key when they fail, before those that come after', async (t) => {
    const { template, heard, keys } = aTemplate(2);
    const farm = await startFarm(t, { templates: [template] });
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });

    for (let work = await node.claim(); work !== null; work = await node.report());
    for (let count = 0; count < 3; count += 1) {
      await farm.drain();
      farm.clock.advance(31_000);
    }

    assert.deepEqual(
      heard.map((line) => line.split(' ')[0]),
      ['onJobStart', 'onJobEnd', 'onJobCompleted'],
    );
    assert.equal(new Set(keys.slice(0, 3)).size, 1);
    assert.match(keys[0] ?? '', new RegExp(`^${id}:1:\\d+:onJobStart$`));
  });

  it('cost a farm nothing whose templates have none', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(1) });
    for (let work = await node.claim(); work !== null; work = await node.report());
    await farm.drain();

    assert.deepEqual(await farm.queues.receive('rollcall-hooks.fifo'), []);
    assert.deepEqual(
      farm.logged.filter(({ level }) => level === 'error'),
      [],
    );
  });
});
