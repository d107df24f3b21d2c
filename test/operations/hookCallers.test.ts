/** What code that runs in the host of hooks may call. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Client, RollcallError } from '../../client/src/client.ts';
import type { Operations } from '../../client/src/generated.ts';
import { addHookToken } from '../../shared/actions/callHostedHook.ts';
import { operations } from '../../shared/contract/index.ts';
import { aJob } from '../support/aJob.ts';
import { liveClient, RefusedHandshake } from '../support/liveClient.ts';
import { assertRefused } from '../support/refusal.ts';
import { startFarm, type TestFarm } from '../support/startFarm.ts';

const aHook = async (farm: TestFarm, depth = 1): Promise<Client> =>
  farm.clientWith(await addHookToken(farm.context, 'hook Toon', depth, 5_000));

/** The rule that a call breaks before its input is looked at; undefined if it breaks none. */
async function ruleFor(client: Client, name: keyof Operations): Promise<unknown> {
  const call = client[name] as (input: object) => Promise<unknown>;
  const error = await call({ nonsense: 1 }).then(
    () => undefined,
    (refusal: unknown) => refusal,
  );
  assert.ok(error instanceof RollcallError, `${name} took what is no input: ${error}`);
  return error.code === 'forbidden' ? error.details['rule'] : undefined;
}

describe('a hook', () => {
  it('may call what users may, but for what decides who may log in', async (t) => {
    const farm = await startFarm(t);
    const hook = await aHook(farm);

    const refused: Record<string, string[]> = {};
    for (const { name, callers } of operations) {
      if (callers.includes('anyone')) continue;
      const rule = await ruleFor(hook, name as keyof Operations);
      if (rule !== undefined) refused[String(rule)] = [...(refused[String(rule)] ?? []), name];
    }

    assert.deepEqual(refused, {
      'hooks have no say in who may log in': [
        'userAdd',
        'userConfigure',
        'userRemove',
        'groupAdd',
        'groupConfigure',
        'groupRemove',
        'logout',
        'passwordChange',
        'tokenAdd',
        'tokenGetList',
        'tokenRevoke',
      ],
      'it is for node tokens': operations
        .filter(({ callers }) => callers.includes('node') && !callers.includes('user'))
        .map(({ name }) => name),
      'it is for join tokens': ['nodeRegister'],
    });
  });

  it('cannot change whom the farm takes for whom', async (t) => {
    const farm = await startFarm(t);
    const hook = await aHook(farm);

    await assert.rejects(hook.systemSetOIDCConfiguration({ configuration: { enabled: false } } as never), {
      code: 'forbidden',
    });
  });

  it('is named in the action log, and its token dies a minute after its deadline', async (t) => {
    const farm = await startFarm(t);
    const hook = await aHook(farm);

    const { id } = await hook.jobSubmit({ job: aJob(1), owner: 'ada' });
    const { text } = await farm.admin.systemGetActionLog({
      name: (await farm.admin.systemGetActionLogsList({})).names[0] ?? '',
    });
    farm.clock.advance(66_000);

    assert.equal((await farm.admin.jobGet({ id })).job.owner, 'ada');
    assert.match(text, /hook Toon jobSubmit/);
    await assert.rejects(hook.jobGet({ id }), { code: 'unauthenticated' });
  });

  it('submits no job that more than three hooks led to', async (t) => {
    const farm = await startFarm(t);

    const { id } = await (await aHook(farm, 3)).jobSubmit({ job: aJob(1) });
    const tooDeep = await aHook(farm, 4);

    await assertRefused(tooDeep, 'jobSubmit', 'hook-recursion', { depth: 4, maximum: 3 }, { job: aJob(1) });
    assert.equal((await farm.context.jobs.findSpec(id, { consistent: true }))?.hookDepth, 3);
    assert.equal((await farm.admin.jobGetList({})).jobs.length, 1);
  });

  it('cannot connect as a Console', async (t) => {
    const farm = await startFarm(t);
    const token = await addHookToken(farm.context, 'hook Toon', 1, 5_000);

    await assert.rejects(liveClient(farm, token), RefusedHandshake);
  });
});
