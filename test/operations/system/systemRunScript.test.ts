import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { aLoggedInRollcall } from '../../cli/rollcall.ts';
import { itWithPython } from '../../python/runPython.ts';
import { aJob } from '../../support/aJob.ts';
import { startFarm } from '../../support/startFarm.ts';

describe('systemRunScript', () => {
  it('runs TypeScript with the typed client, and answers with what it printed', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(1, { name: 'shot 10' }) });

    const answer = await farm.admin.systemRunScript({
      language: 'typescript',
      file: 'names.ts',
      source: `export default async ({ client }) => {
        const { name } = await client.whoAmI({});
        console.log(name, (await client.jobGetList({})).jobs.map((job) => job.name).join());
      };`,
    });

    assert.deepEqual(answer, { output: 'script names.ts shot 10\n', failure: null });
  });

  itWithPython('runs Python with MDispatcherAPI, which knows the dispatcher', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(1, { name: 'shot 10' }) });

    const answer = await farm.admin.systemRunScript({
      language: 'python',
      file: 'names.py',
      source: `import MDispatcherAPI, muster
error, jobs = MDispatcherAPI.jobGetList()
print(muster.runningContext(), error.getErrorCode(), [job.getName() for job in jobs])
raise ValueError("enough")`,
    });

    assert.deepEqual(answer, {
      output: "dispatcher 0 ['shot 10']\n",
      failure: { reason: 'threw', message: 'line 4: ValueError: enough' },
    });
  });

  it('kills what does not end in time', async (t) => {
    const farm = await startFarm(t);

    const { failure } = await farm.admin.systemRunScript({
      language: 'typescript',
      file: 'loop.ts',
      source: 'export default () => { for (;;); };',
      seconds: 2,
    });

    assert.deepEqual(failure, { reason: 'timed-out', message: 'it did not end within 2 s and was killed' });
  });

  it('does not run a script twice for a request that comes twice', async (t) => {
    const farm = await startFarm(t);
    const input = {
      language: 'typescript',
      file: 'submit.ts',
      source: `export default ({ client }) => client.jobSubmit({ job: ${JSON.stringify(aJob(1))} });`,
      requestToken: 'the-same-request',
    } as const;

    await farm.admin.systemRunScript(input);
    await farm.admin.systemRunScript(input);

    assert.equal((await farm.admin.jobGetList({})).jobs.length, 1);
  });
});

describe('rollcall script run', () => {
  it('strips the types of a file, shows what it prints, and fails as the script does', async (t) => {
    const farm = await startFarm(t);
    const rollcall = await aLoggedInRollcall(t, farm.url);
    const file = join(farm.data, 'count.ts');
    writeFileSync(
      file,
      `import type { DispatcherScript } from '@rollcall/client';
const script: DispatcherScript = async ({ client }) => {
  console.log((await client.jobGetList({})).jobs.length);
  throw new Error('no jobs');
};
export default script;
`,
    );

    const { code, stdout, stderr } = await rollcall.run(['script', 'run', file]);

    assert.deepEqual(
      [code, stdout, stderr],
      [8, '0\n', 'rollcall: count.ts threw: line 4: Error: no jobs\n'],
    );
  });
});
