/** Hooks that do what a studio has them for. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Client } from '../../client/src/client.ts';
import type { HookFunctions, Template } from '../../shared/contract/hooks.ts';
import { commandTemplate } from '../../templates/command.ts';
import { aJob } from '../support/aJob.ts';
import { onEmbedded, startFarm } from '../support/startFarm.ts';

const COMPOSITING = 9_001;

/** The project's command, with hooks, and a template for compositing without. */
const studioTemplates = (hooks: HookFunctions): readonly Template[] => [
  { ...commandTemplate, hooks },
  { ...commandTemplate, id: COMPOSITING },
];

describe('hooks of a studio', () => {
  onEmbedded('submit the compositing of a shot once, also when the function dies after it', async (t) => {
    let client: Client | undefined;
    const keys: string[] = [];
    const farm = await startFarm(t, {
      templates: studioTemplates({
        onJobCompleted: async ({ job, key }) => {
          keys.push(key);
          const requestToken = `compositing-${key.replaceAll(':', '-')}`;
          await client?.jobSubmit({
            job: aJob(1, { templateId: COMPOSITING, name: `${job.name} comp` }),
            requestToken,
          });
        },
      }),
    });
    client = farm.admin;
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { name: 'sh010' }) });
    for (let work = await node.claim(); work !== null; work = await node.report());
    const tell = farm.sources.hooks;
    let isDying = true;
    Object.assign(farm.sources, {
      hooks: async (...event: Parameters<typeof tell>) => {
        const answer = await tell(...event);
        if (!isDying) return answer;
        // What it has done is not acknowledged.
        isDying = false;
        throw new Error('the function died');
      },
    });
    await assert.rejects(farm.drain(), /the function died/);
    farm.clock.advance(31_000);
    await farm.drain();

    const { jobs } = await farm.admin.jobGetList({});
    assert.deepEqual(
      jobs.map(({ name }) => name),
      ['sh010', 'sh010 comp'],
    );
    assert.equal(keys.length, 2);
    assert.equal(new Set(keys).size, 1);
    assert.match(keys[0] ?? '', new RegExp(`^${id}:1:\\d+:onJobCompleted$`));
  });

  onEmbedded('archive jobs that have ended, minute by minute', async (t) => {
    let client: Client | undefined;
    const farm = await startFarm(t, {
      templates: studioTemplates({
        onDispatcherIdling: async () => {
          const { jobs } = (await client?.jobGetList({ status: 'completed' })) ?? { jobs: [] };
          for (const { id } of jobs) await client?.backupJobAndDelete({ id });
        },
      }),
    });
    client = farm.admin;
    const node = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(1, { name: 'old' }) });
    for (let work = await node.claim(); work !== null; work = await node.report());
    await farm.drain();
    await node.leave();
    await farm.admin.jobSubmit({ job: aJob(1, { name: 'new' }) });
    await farm.tick();
    await farm.drain();

    assert.deepEqual(
      (await farm.admin.jobGetList({})).jobs.map(({ name }) => name),
      ['new'],
    );
    assert.deepEqual(
      (await farm.admin.backupQuery({})).jobs.map(({ name }) => name),
      ['old'],
    );
  });
});
