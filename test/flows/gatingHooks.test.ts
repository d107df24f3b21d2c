import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { HookAnswer, HookCall, Template } from '../../shared/contract/hooks.ts';
import { commandTemplate } from '../../templates/command.ts';
import { aJob } from '../support/aJob.ts';
import { passMinute } from '../support/passMinute.ts';
import { onEmbedded, startFarm } from '../support/startFarm.ts';

/** A template whose jobs start when it is told to let them. */
function aGuardedTemplate(): {
  template: Template;
  asked: HookCall[];
  answerWith: (next: () => HookAnswer) => void;
} {
  const asked: HookCall[] = [];
  let answer = (): HookAnswer => ({ kind: 'error', message: 'textures are not there' });
  const onValidateJobDependancies = async (call: HookCall): Promise<HookAnswer> => {
    asked.push(call);
    return answer();
  };
  return {
    template: { ...commandTemplate, hooks: { onValidateJobDependancies } },
    asked,
    answerWith(next) {
      answer = next;
    },
  };
}

describe('onValidateJobDependancies', () => {
  onEmbedded('keeps a job waiting, with its reason, until it agrees; claims ask nothing', async (t) => {
    const { template, asked, answerWith } = aGuardedTemplate();
    const farm = await startFarm(t, { templates: [template] });
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.drain();
    assert.equal(await node.claim(), null);
    assert.equal(await node.claim(), null);
    const { job } = await farm.admin.jobGet({ id });
    const explained = await farm.admin.jobExplain({ id });
    const askedBefore = asked.length;
    await passMinute(farm);
    const askedByTick = asked.length;
    answerWith(() => ({ kind: 'ok' }));
    await passMinute(farm);
    await passMinute(farm);

    const reason = 'onValidateJobDependancies of its template says: textures are not there';
    assert.deepEqual([job.status, job.statusReason], ['waiting', reason]);
    assert.deepEqual(explained.job, [reason]);
    assert.deepEqual([askedBefore, askedByTick, asked.length], [1, 2, 3]);
    assert.deepEqual(
      asked.map(({ hook, job: told }) => [hook, told?.id, told?.status]),
      Array.from({ length: 3 }, () => ['onValidateJobDependancies', id, 'waiting']),
    );
    assert.equal(asked[0]?.key, `${id}:1:1:onValidateJobDependancies`);
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'in-progress');
  });

  onEmbedded('comes to rest although its reason is another one each time', async (t) => {
    const { template, asked, answerWith } = aGuardedTemplate();
    const farm = await startFarm(t, { templates: [template] });
    answerWith(() => ({ kind: 'error', message: `asked ${asked.length} times` }));
    await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.drain();

    assert.equal(asked.length, 1);
  });

  onEmbedded('is asked when the parents have ended, and again after an edit', async (t) => {
    const { template, asked, answerWith } = aGuardedTemplate();
    const farm = await startFarm(t, { templates: [template, { ...commandTemplate, id: 9_001 }] });
    answerWith(() => ({ kind: 'ok' }));
    const parent = await farm.admin.jobSubmit({ job: aJob(1, { templateId: 9_001 }) });
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { dependIds: [parent.id] }) });
    await farm.drain();
    await passMinute(farm);
    assert.equal(asked.length, 0);
    const node = await farm.addNode('alpha');
    await node.claim();
    await farm.admin.nodePause({ id: node.id });
    await node.report();
    await farm.drain();
    const statusAfterEnd = (await farm.admin.jobGet({ id })).job.status;
    assert.equal(asked.length, 1);
    answerWith(() => ({ kind: 'error', message: 'not any more' }));
    await farm.admin.jobEdit({ id, changes: { priority: 70 } });
    await farm.drain();

    assert.equal(statusAfterEnd, 'queued');
    assert.equal(asked.length, 2);
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'waiting');
  });

  onEmbedded('that fails keeps a job waiting or lets it pass, as the farm says', async (t) => {
    const { template, answerWith } = aGuardedTemplate();
    const farm = await startFarm(t, { templates: [template] });
    answerWith(() => {
      throw new Error('no database');
    });
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.drain();
    const waiting = (await farm.admin.jobGet({ id })).job.status;
    await farm.admin.systemSetConfiguration({ configuration: { failedHooksPass: true, version: 0 } });
    await passMinute(farm);

    assert.equal(waiting, 'waiting');
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'queued');
    const [failure] = (await farm.admin.templateGetHookFailures({})).failures;
    assert.deepEqual(
      [failure?.key, failure?.message, failure?.count],
      ['43:onValidateJobDependancies', 'no database', 2],
    );
  });
});
