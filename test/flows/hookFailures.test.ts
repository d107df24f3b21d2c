import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Template } from '../../shared/contract/hooks.ts';
import { commandTemplate } from '../../templates/command.ts';
import { aLoggedInRollcall } from '../cli/rollcall.ts';
import { aJob } from '../support/aJob.ts';
import { anEngine } from '../support/anEngine.ts';
import { onEmbedded, startFarm, type TestFarm } from '../support/startFarm.ts';

/** A template whose hook for submitted jobs fails until it is mended. */
function aBrokenTemplate(): { template: Template; mend: () => void; keys: string[] } {
  let isBroken = true;
  const keys: string[] = [];
  const hooks = {
    onSubmitJob: async ({ key }: { readonly key: string }): Promise<void> => {
      keys.push(key);
      if (isBroken) throw new Error('no database');
    },
  };
  const mend = (): void => {
    isBroken = false;
  };
  return { template: { ...commandTemplate, hooks }, mend, keys };
}

/** Lets a message fail as often as the queue lets it. */
async function failToTheEnd(farm: TestFarm): Promise<void> {
  for (let times = 0; times < 6; times += 1) {
    await farm.drain();
    farm.clock.advance(120_000);
  }
}

describe('hooks that fail', () => {
  onEmbedded('are listed with what they said, and leave the list when they have run well', async (t) => {
    const { template, mend } = aBrokenTemplate();
    const farm = await startFarm(t, { templates: [template] });
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.drain();

    const { failures } = await farm.admin.templateGetHookFailures({});
    mend();
    farm.clock.advance(120_000);
    await farm.drain();

    assert.deepEqual(
      failures.map(({ firstAt, lastAt, ...failure }) => ({ ...failure, isFirst: firstAt === lastAt })),
      [
        {
          key: `${id}:1:1:onSubmitJob`,
          templateId: 43,
          hook: 'onSubmitJob',
          jobId: id,
          reason: 'threw',
          message: 'no database',
          count: 1,
          isGivenUp: false,
          isFirst: true,
        },
      ],
    );
    assert.deepEqual((await farm.admin.templateGetHookFailures({})).failures, []);
  });

  onEmbedded('are given up after five times, and run again under their key when asked to', async (t) => {
    const { template, mend, keys } = aBrokenTemplate();
    const farm = await startFarm(t, { templates: [template] });
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await failToTheEnd(farm);
    const key = `${id}:1:1:onSubmitJob`;

    const shown = await rollcall.run(['hooks', 'failures']);
    const dead = await farm.queues.receive('rollcall-hooks-dead.fifo');
    mend();
    const retried = await rollcall.run(['hooks', 'retry']);
    await farm.drain();

    assert.match(shown.stdout, /^KEY +TEMPLATE +TIMES +GIVEN UP +LAST +MESSAGE\n/);
    assert.match(shown.stdout, new RegExp(`^${key} +43 +5 +yes +\\S+ +no database$`, 'm'));
    assert.equal(dead.length, 1);
    assert.equal(retried.stdout, '1 hook is run again.\n');
    assert.deepEqual(keys, [key, key, key, key, key, key]);
    assert.equal((await rollcall.run(['hooks'])).stdout, 'No hook has failed.\n');
  });

  onEmbedded('are given up although the function died that told them the last time', async (t) => {
    const { template, mend } = aBrokenTemplate();
    const farm = await startFarm(t, { templates: [template] });
    await farm.admin.jobSubmit({ job: aJob(1) });
    for (let times = 0; times < 4; times += 1) {
      await farm.drain();
      farm.clock.advance(120_000);
    }
    farm.writes.crashOnceAfter('HOOKFAILURES');
    await failToTheEnd(farm);

    const { failures } = await farm.admin.templateGetHookFailures({});
    mend();
    const { count } = await farm.admin.templateRetryHooks({});
    await farm.drain();

    assert.deepEqual(
      failures.map(({ message, isGivenUp }) => [message, isGivenUp]),
      [['no database', true]],
    );
    assert.equal(count, 1);
    assert.deepEqual((await farm.admin.templateGetHookFailures({})).failures, []);
  });

  onEmbedded('of a template that was pushed are told and listed like those of the project', async (t) => {
    const farm = await startFarm(t);
    const source =
      'export const hooks = { async onSubmitJob({ job }) { throw new Error("not " + job.name); } };';
    await farm.admin.templatePush({
      definition: anEngine(2_001),
      typescript: { file: 'toon.ts', dispatcherHooks: ['onSubmitJob'], source },
    });
    farm.clock.advance(6_000);
    const attributes = { job_file: { value: '/shot.ma' } };
    const { id } = await farm.admin.jobSubmit({
      job: aJob(1, { templateId: 2_001, attributes, name: 'shot 10' }),
    });
    await farm.drain();

    const { failures } = await farm.admin.templateGetHookFailures({});
    assert.deepEqual(
      failures.map(({ key, templateId, message }) => [key, templateId, message.includes('not shot 10')]),
      [[`${id}:1:1:onSubmitJob`, 2_001, true]],
    );
  });

  onEmbedded('of a minute are not tried again, for the next one comes', async (t) => {
    const minutes: string[] = [];
    const onDispatcherIdling = async ({ key }: { readonly key: string }): Promise<void> => {
      minutes.push(key);
      throw new Error('no archive');
    };
    const farm = await startFarm(t, { templates: [{ ...commandTemplate, hooks: { onDispatcherIdling } }] });
    const minuteOf = (): string => new Date(Math.floor(farm.clock.now() / 60_000) * 60_000).toISOString();
    const expected = [minuteOf()];
    await farm.tick();
    await farm.tick();
    await farm.drain();
    farm.clock.advance(60_000);
    expected.push(minuteOf());
    await farm.tick();
    await farm.drain();

    assert.deepEqual(
      minutes,
      expected.map((minute) => `43:${minute}:onDispatcherIdling`),
    );
    assert.deepEqual(
      (await farm.admin.templateGetHookFailures({})).failures.map(({ key, count, isGivenUp }) => [
        key,
        count,
        isGivenUp,
      ]),
      [['43:onDispatcherIdling', 2, false]],
    );
  });

  onEmbedded('beyond a thousand are dropped from the list, the oldest first', async (t) => {
    const { template } = aBrokenTemplate();
    const farm = await startFarm(t, { templates: [template] });
    for (let number = 0; number < 1_002; number += 1) {
      farm.clock.advance(1);
      await farm.context.hookFailures.note({
        key: `${String(number).padStart(4, '0')}:1:1:onSubmitJob`,
        templateId: 43,
        hook: 'onSubmitJob',
        jobId: 1,
        reason: 'threw',
        message: 'no database',
        retry: null,
      });
    }
    farm.clock.advance(3_600_000 - (farm.clock.now() % 3_600_000));
    await farm.tick();

    const kept = await farm.context.hookFailures.list();
    assert.deepEqual([kept.length, kept[0]?.key], [1_000, '0002:1:1:onSubmitJob']);
  });
});
