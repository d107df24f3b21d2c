import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  exclusionRule,
  inOrder,
  isBetterThan,
  jobRules,
  nodeRule,
  readyKey,
} from '../../../shared/domain/scheduling.ts';
import { type JobStatus, jobStatusNames } from '../../../shared/model/job.ts';
import type { NodeState } from '../../../shared/model/node.ts';
import { aJobState } from '../../support/aJobState.ts';

const job = (change: Partial<Parameters<typeof readyKey>[0]> = {}) => ({
  id: 1,
  emergencyQueue: false,
  priority: 50,
  submittedAt: '2026-01-01T00:00:00.000Z',
  ...change,
});

describe('the order of jobs', () => {
  it('is kept as text', () => {
    assert.equal(readyKey(job()), '1#65485#2026-01-01T00:00:00.000Z#000000000001');
    assert.equal(
      readyKey(job({ id: 999_999_999_999, priority: 65_535, emergencyQueue: true })),
      '0#00000#2026-01-01T00:00:00.000Z#999999999999',
    );
  });

  it('goes by emergency, then priority, then age, then id', () => {
    const jobs = fc.record({
      id: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 999_999_999_999 })),
      emergencyQueue: fc.boolean(),
      priority: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 65_535 })),
      submittedAt: fc
        .integer({ min: 0, max: 5_000_000_000_000 })
        .map((moment) => new Date(moment).toISOString()),
    });
    const expected = (a: ReturnType<typeof job>, b: ReturnType<typeof job>): number =>
      Number(b.emergencyQueue) - Number(a.emergencyQueue) ||
      b.priority - a.priority ||
      Date.parse(a.submittedAt) - Date.parse(b.submittedAt) ||
      a.id - b.id;
    fc.assert(
      fc.property(jobs, jobs, (a, b) => {
        const [one, two] = [readyKey(a), readyKey(b)];

        assert.equal(Math.sign(expected(a, b)), one < two ? -1 : one > two ? 1 : 0);
      }),
      { numRuns: 500 },
    );
  });

  it('holds across classes', () => {
    const candidates = ['c', 'a', 'b'].map((key, position) => ({
      jobId: position,
      matchClass: `class ${position}`,
      readyKey: key,
    }));

    assert.deepEqual(
      inOrder(candidates).map(({ readyKey: key }) => key),
      ['a', 'b', 'c'],
    );
    assert.deepEqual(
      candidates.map(({ readyKey: key }) => key),
      ['c', 'a', 'b'],
    );
  });

  it('lets a node stay with its job unless another goes strictly before', () => {
    const candidate = { jobId: 2, matchClass: 'any', readyKey: 'b' };

    assert.equal(isBetterThan('c', candidate), true);
    assert.equal(isBetterThan('b', candidate), false);
    assert.equal(isBetterThan('a', candidate), false);
    assert.equal(isBetterThan('a', undefined), false);
  });
});

describe('the rule that keeps a node from one job', () => {
  it('is its exclusion after failures', () => {
    const node = { excludedJobs: [{ id: 7, since: '2026-01-01T00:00:00.000Z', reason: 'failures' }] };

    assert.equal(
      exclusionRule(node, 7),
      'is excluded from the job after failures; nodePurgeJobsExclusions lifts it',
    );
    assert.equal(exclusionRule(node, 8), undefined);
  });
});

describe('the rule that keeps a node from any work', () => {
  const node: NodeState = {
    id: 1,
    status: 'idle',
    session: 's',
    paused: false,
    assignment: null,
    leaseUntil: null,
    lastSeenAt: null,
    progress: 0,
    load: null,
    processPriority: 'normal',
    realtimeLog: false,
    commandNo: 0,
  };
  const assignment = {
    jobId: 9,
    generation: 1,
    index: 4,
    total: 10,
    attempt: 1,
    token: 't',
    limits: [],
    assignedAt: '2026-01-01T00:00:00.000Z',
    framesVersion: 1,
    acceptBy: null,
  };
  const cases: readonly [Partial<NodeState>, string | undefined][] = [
    [{}, undefined],
    [{ status: 'offline' }, 'is offline'],
    [{ status: 'offline', paused: true }, 'is offline'],
    [{ status: 'paused', paused: true }, 'is paused; nodeResume lifts it'],
    [{ status: 'working', paused: true, assignment }, 'is paused; nodeResume lifts it'],
    [{ status: 'working', assignment }, 'works on chunk 5 of job 9'],
  ];
  for (const [change, rule] of cases) {
    it(`is ${rule ?? 'none'} for ${change.status ?? 'an idle one'}${change.paused ? ' and paused' : ''}`, () => {
      assert.equal(nodeRule({ ...node, ...change }), rule);
    });
  }
});

describe('the rules that keep a job from every node', () => {
  const running = { engineRunning: true };
  const byStatus: { readonly [S in JobStatus]: readonly string[] } = {
    waiting: ['may start'],
    delayed: ['the job starts on 2027-01-01T00:00:00.000Z'],
    queued: [],
    'in-progress': [],
    completed: ['the job has ended: may start'],
    'completed-with-warnings': ['the job has ended: may start'],
    failed: ['the job has ended: may start'],
    deleting: ['the job is being deleted'],
    folder: ['it is a folder'],
  };
  for (const status of jobStatusNames) {
    it(`follow from the status ${status}`, () => {
      const state = aJobState({ status, startOn: '2027-01-01T00:00:00.000Z' });

      assert.deepEqual(jobRules(state, running, []), byStatus[status]);
    });
  }

  it('name each job that is waited for', () => {
    assert.deepEqual(jobRules(aJobState({ status: 'waiting' }), running, ['waits for job 1', 'and 2']), [
      'waits for job 1',
      'and 2',
    ]);
  });

  it('name the engine and the pause first', () => {
    const state = aJobState({ status: 'delayed', paused: true, startOn: '2027-01-01T00:00:00.000Z' });

    assert.deepEqual(jobRules(state, { engineRunning: false }, []), [
      'the selection engine is stopped; systemSwapEngineStatus starts it',
      'the job is paused; jobEdit with paused = false resumes it',
      'the job starts on 2027-01-01T00:00:00.000Z',
    ]);
  });

  it('say that everything is handed out, or waits for other chunks', () => {
    const state = aJobState({ status: 'in-progress', next: 1, total: 1, slots: 1 });

    assert.deepEqual(jobRules(state, running, []), ['every chunk is handed out; those that run must end']);
    assert.deepEqual(jobRules({ ...state, followsChunks: true }, running, []), [
      'its other chunks wait for chunks of the jobs that it depends on',
    ]);
  });

  it('say that no more nodes are allowed', () => {
    const state = aJobState({ status: 'in-progress', total: 9, slots: 2, maximumInstances: 2 });

    assert.deepEqual(jobRules(state, running, []), ['2 nodes work on it and it allows 2 at a time']);
  });
});
