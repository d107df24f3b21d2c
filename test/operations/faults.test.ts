/** What is not the caller's fault: an incident that the log explains, or a try that may be repeated. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RollcallError } from '../../client/src/client.ts';
import { WriteUncertainError } from '../../shared/store/table.ts';
import { aJob } from '../support/aJob.ts';
import { startFarm, type TestFarm } from '../support/startFarm.ts';

async function errorOf(work: Promise<unknown>): Promise<RollcallError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RollcallError);
  return error;
}

const quiet = (t: { after(end: () => unknown): void }): Promise<TestFarm> =>
  startFarm({ after: (end) => t.after(end as () => unknown), diagnostic: () => {} });

describe('a fault of ours', () => {
  it('is answered with an incident and told to the log whole, to the caller not at all', async (t) => {
    const farm = await quiet(t);
    farm.writes.beforeFirst('JOBS', () => Promise.reject(new Error('the disk is on fire')));

    const error = await errorOf(farm.admin.jobSubmit({ job: aJob(1) }));

    assert.deepEqual([error.status, error.code, error.retryable], [500, 'internal', false]);
    assert.doesNotMatch(JSON.stringify(error), /fire/);
    const [logged] = farm.logged.filter(({ event }) => event === 'request-failed');
    assert.equal(logged?.['requestId'], error.details['incident']);
    assert.equal(logged?.['operation'], 'jobSubmit');
    assert.match(String(logged?.['error']), /the disk is on fire/);
  });

  it('that leaves the outcome of a write unknown asks the caller to repeat', async (t) => {
    const farm = await quiet(t);
    farm.writes.beforeFirst('STATES', () =>
      Promise.reject(new WriteUncertainError('queue', { pk: 'STATES#1', sk: '1' }, new Error('time-out'))),
    );
    const request = { job: aJob(1), requestToken: 'token-of-a-try' };

    const error = await errorOf(farm.admin.jobSubmit(request));
    const { id } = await farm.admin.jobSubmit(request);
    const { jobs } = await farm.admin.jobGetList({});

    assert.deepEqual([error.status, error.code, error.retryable], [503, 'try-again', true]);
    assert.equal(error.details['reason'], 'the outcome of a write is unknown');
    assert.deepEqual(
      jobs.map((job) => job.id),
      [id],
    );
  });

  it('is repeated by the client itself when that may help', async (t) => {
    const farm = await quiet(t);
    const { createClient } = await import('../../client/src/client.ts');
    const token = farm.context.newToken();
    await farm.context.tokens.add(token, { kind: 'user', name: 'admin' }, { expiresAt: null });
    farm.writes.beforeFirst('STATES', () =>
      Promise.reject(new WriteUncertainError('queue', { pk: 'STATES#1', sk: '1' }, new Error('time-out'))),
    );

    await createClient({ url: farm.url, token }).jobSubmit({ job: aJob(1) });
    const { jobs } = await farm.admin.jobGetList({});

    assert.equal(jobs.length, 1);
  });

  it('in an answer is not sent out: it would break the contract', async (t) => {
    const farm = await quiet(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const state = await farm.context.jobs.findState(id, { consistent: true });
    assert.ok(state);
    await farm.context.jobs.replaceState({ ...state, endedAt: 'yesterday' }, state.version);

    const error = await errorOf(farm.admin.jobGet({ id }));

    assert.equal(error.code, 'internal');
  });
});
