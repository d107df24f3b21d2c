import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chunkTransitions, endEvent } from '../../../shared/domain/chunkStatus.ts';
import { jobTransitions } from '../../../shared/domain/jobStatus.ts';
import { liveStatus, nodeTransitions } from '../../../shared/domain/nodeStatus.ts';
import { findTransition, getTransition, type Transition } from '../../../shared/domain/transition.ts';

/** Rows are statuses, columns events; `-` is refused. */
function asGrid<S extends string, E extends string>(
  table: readonly Transition<S, E>[],
  statuses: readonly S[],
  events: readonly E[],
): string[] {
  return statuses.map(
    (from) => `${from}: ${events.map((event) => findTransition(table, from, event)?.to ?? '-').join(' ')}`,
  );
}

describe('status machines, every pair of status and event', () => {
  it('of a job', () => {
    const statuses = [
      'waiting',
      'delayed',
      'queued',
      'in-progress',
      'completed',
      'completed-with-warnings',
      'failed',
      'deleting',
      'folder',
    ] as const;

    assert.deepEqual(asGrid(jobTransitions, statuses, ['wait', 'delay', 'queue']), [
      'waiting: waiting delayed queued',
      'delayed: waiting delayed queued',
      'queued: waiting delayed queued',
      'in-progress: - - -',
      'completed: - - -',
      'completed-with-warnings: - - -',
      'failed: - - -',
      'deleting: - - -',
      'folder: - - -',
    ]);
    assert.deepEqual(asGrid(jobTransitions, statuses, ['restart-wait', 'restart-delay', 'restart-queue']), [
      'waiting: waiting delayed queued',
      'delayed: waiting delayed queued',
      'queued: waiting delayed queued',
      'in-progress: waiting delayed queued',
      'completed: waiting delayed queued',
      'completed-with-warnings: waiting delayed queued',
      'failed: waiting delayed queued',
      'deleting: - - -',
      'folder: - - -',
    ]);
    assert.deepEqual(asGrid(jobTransitions, statuses, ['back-off']), [
      'waiting: -',
      'delayed: -',
      'queued: delayed',
      'in-progress: delayed',
      'completed: -',
      'completed-with-warnings: -',
      'failed: -',
      'deleting: -',
      'folder: -',
    ]);
    assert.deepEqual(asGrid(jobTransitions, statuses, ['claim', 'reopen', 'delete']), [
      'waiting: - - deleting',
      'delayed: - - deleting',
      'queued: in-progress - deleting',
      'in-progress: in-progress in-progress deleting',
      'completed: - in-progress deleting',
      'completed-with-warnings: - in-progress deleting',
      'failed: - in-progress deleting',
      'deleting: - - -',
      'folder: - - deleting',
    ]);
    assert.deepEqual(asGrid(jobTransitions, statuses, ['all-completed', 'all-warned', 'some-failed']), [
      'waiting: - - -',
      'delayed: - - -',
      'queued: completed completed-with-warnings failed',
      'in-progress: completed completed-with-warnings failed',
      'completed: completed completed-with-warnings failed',
      'completed-with-warnings: completed completed-with-warnings failed',
      'failed: completed completed-with-warnings failed',
      'deleting: - - -',
      'folder: - - -',
    ]);
    assert.equal(jobTransitions.length, 9 + 21 + 2 + 2 + 15 + 4 + 8);
  });

  it('of a chunk', () => {
    const statuses = ['waiting', 'queued', 'running', 'completed', 'warning', 'failed'] as const;

    assert.deepEqual(
      asGrid(chunkTransitions, statuses, [
        'release',
        'claim',
        'complete',
        'warn',
        'fail',
        'retry',
        'requeue',
        'redo',
      ]),
      [
        'waiting: queued - - - - - - -',
        'queued: - running - - - - - -',
        'running: - - completed warning failed queued queued running',
        'completed: - - - - - - - -',
        'warning: - - - - - - - -',
        'failed: - - - - - - - -',
      ],
    );
    assert.deepEqual(
      asGrid(chunkTransitions, statuses, ['set-queued', 'set-completed', 'set-failed']),
      statuses.map((status) => `${status}: queued completed failed`),
    );
    assert.equal(chunkTransitions.length, 8 + 18);
  });

  it('of a node', () => {
    const statuses = ['offline', 'idle', 'working', 'paused'] as const;

    assert.deepEqual(
      asGrid(nodeTransitions, statuses, [
        'come',
        'come-paused',
        'assign',
        'free',
        'free-paused',
        'pause',
        'resume',
        'go',
      ]),
      [
        'offline: idle paused - - - offline offline offline',
        'idle: idle - working - - paused idle offline',
        'working: idle paused working idle paused working working offline',
        'paused: - paused - - - paused idle offline',
      ],
    );
  });

  it('a live node works while it holds a chunk, paused or not', () => {
    assert.deepEqual(
      [liveStatus(true, true), liveStatus(true, false), liveStatus(false, true), liveStatus(false, false)],
      ['working', 'working', 'paused', 'idle'],
    );
  });

  it('what is not in a table is refused with the present state and what is possible', () => {
    assert.throws(() => getTransition(jobTransitions, 'job', 7, 'folder', 'claim'), {
      code: 'transition-refused',
      message: 'job 7 is folder: claim is not possible; possible are delete.',
    });
  });
});

describe('the end of an attempt', () => {
  for (const [outcome, requeueCount, maximum, expected] of [
    ['completed', 9, 0, 'complete'],
    ['warning', 9, 0, 'warn'],
    ['failed', 0, 1, 'retry'],
    ['failed', 1, 1, 'fail'],
    ['failed', 0, 0, 'fail'],
    ['timed-out', 2, 3, 'retry'],
    ['timed-out', 3, 3, 'fail'],
    ['lost', 2, 3, 'retry'],
    ['lost', 3, 3, 'fail'],
    ['interrupted', 99, 0, 'requeue'],
    ['overridden', 99, 0, 'requeue'],
  ] as const) {
    it(`${outcome} after ${requeueCount} of ${maximum} retries means ${expected}`, () => {
      assert.equal(endEvent(outcome, requeueCount, maximum), expected);
    });
  }
});
