import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

/** The live log without times. */
const said = async (farm: TestFarm, limit = 200): Promise<string[]> =>
  (await farm.admin.logGetList({ limit })).lines.map((line) => line.slice(25));

describe('the live log', () => {
  it('has the last lines of what the dispatcher did, with messages of people between them', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.drain();
    farm.clock.advance(1_000);
    await farm.admin.logAddMessage({ message: 'licences\nare back' });
    farm.clock.advance(1_000);
    await farm.admin.logAddInternalMessage({ message: 'cron has run' });

    assert.deepEqual(await said(farm), [
      '- job-added job 1: 1 chunks',
      'admin message licences are back',
      'admin internal-message cron has run',
    ]);
    assert.deepEqual(await said(farm, 1), ['admin internal-message cron has run']);
  });

  it('goes on over midnight', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.logAddMessage({ message: 'yesterday' });
    farm.clock.advance(86_400_000);
    await farm.admin.logAddMessage({ message: 'today' });

    assert.deepEqual(await said(farm), ['admin message yesterday', 'admin message today']);
  });

  it('is cleared by logClear, which leaves the logs of the days', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.logAddMessage({ message: 'before' });
    farm.clock.advance(1_000);

    await farm.admin.logClear({});
    const cleared = await said(farm);
    farm.clock.advance(1_000);
    await farm.admin.logAddMessage({ message: 'after' });

    assert.deepEqual(cleared, []);
    assert.deepEqual(await said(farm), ['admin message after']);
    const [name = ''] = (await farm.admin.systemGetActivityLogsList({})).names;
    assert.match(
      (await farm.admin.systemGetActivityLog({ name })).text,
      /message before\n.*message after\n$/,
    );
  });

  it('has a message once that is sent twice under one token', async (t) => {
    const farm = await startFarm(t);
    const request = { message: 'once', requestToken: 'token-of-a-message' };

    await farm.admin.logAddMessage(request);
    farm.clock.advance(1_000);
    await farm.admin.logAddMessage(request);

    assert.deepEqual(await said(farm), ['admin message once']);
  });

  it('has a message once whose first request died before it was answered', async (t) => {
    const farm = await startFarm({ after: (end) => t.after(end), diagnostic: () => {} });
    const request = { message: 'once', requestToken: 'token-of-a-message' };
    farm.writes.crashAfter(3);
    await assert.rejects(farm.admin.logAddMessage(request));
    farm.writes.calm();
    farm.clock.advance(1_000);

    await farm.admin.logAddMessage(request);

    assert.deepEqual(await said(farm), ['admin message once']);
  });
});
