import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JobHook } from '../../../shared/contract/hooks.ts';
import { hooksOf } from '../../../shared/domain/jobHooks.ts';
import { type JobState, type JobStatus, jobStatusNames } from '../../../shared/model/job.ts';
import { aJobState } from '../../support/aJobState.ts';

/** Every change of status that a hook hears of; all others are silent. */
const heard: readonly (readonly [from: JobStatus, to: JobStatus, hooks: readonly JobHook[]])[] = [
  ['waiting', 'in-progress', ['onJobStart']],
  ['delayed', 'in-progress', ['onJobStart']],
  ['queued', 'in-progress', ['onJobStart']],
  ['deleting', 'in-progress', ['onJobStart']],
  ...(['waiting', 'delayed', 'queued', 'in-progress', 'deleting'] as const).flatMap((from) => [
    [from, 'completed', ['onJobEnd', 'onJobCompleted']] as const,
    [from, 'completed-with-warnings', ['onJobEnd', 'onJobCompleted']] as const,
    [from, 'failed', ['onJobEnd']] as const,
  ]),
  ...(
    ['waiting', 'delayed', 'queued', 'in-progress', 'completed', 'completed-with-warnings', 'failed'] as const
  ).map((from) => [from, 'deleting', ['onDeleteJob']] as const),
];

describe('the hooks of a change of status', () => {
  for (const from of jobStatusNames) {
    it(`from ${from} are those that are written down`, () => {
      for (const to of jobStatusNames) {
        const expected = heard.find(([a, b]) => a === from && b === to)?.[2] ?? [];
        const [was, is] = [from, to].map((status) => aJobState({ status }));
        assert.deepEqual(hooksOf(was, is as JobState), expected, `to ${to}`);
      }
    });
  }
});

describe('the hooks of a change that is none of status', () => {
  const was = aJobState({ version: 7, specVersion: 3 });
  const hooksTo = (change: Partial<JobState>): readonly JobHook[] => hooksOf(was, { ...was, ...change });

  it('are onSubmitJob alone for what was submitted, and none for what comes back or with an import', () => {
    assert.deepEqual(hooksOf(undefined, aJobState({ status: 'waiting' })), ['onSubmitJob']);
    assert.deepEqual(hooksOf(undefined, aJobState({ version: 2 })), []);
  });

  const edit: readonly JobHook[] = ['onEditJob', 'onJobPropertiesChanged'];

  it('are those of an edit once, however much it changes', () => {
    assert.deepEqual(hooksTo({ specVersion: 4 }), edit);
    assert.deepEqual(hooksTo({ specVersion: 4, paused: true }), edit);
    assert.deepEqual(hooksTo({ specVersion: 4, generation: 2, framesVersion: 2 }), edit);
  });

  it('are none for a job that goes on after it has waited for a licence', () => {
    const waiting = aJobState({ status: 'queued', startedAt: '2026-01-01T00:00:00.000Z' });
    assert.deepEqual(hooksOf(waiting, { ...waiting, status: 'in-progress' }), []);
  });

  it('are onJobPropertiesChanged for a pause, and onReinitJob for a generation with the same frames', () => {
    assert.deepEqual(hooksTo({ paused: true }), ['onJobPropertiesChanged']);
    assert.deepEqual(hooksTo({ generation: 2 }), ['onReinitJob']);
  });

  it('are none for an import that puts another job in the place of one', () => {
    const imported = { specVersion: 4, importedVersion: 4, generation: 2, framesVersion: 2, paused: true };
    assert.deepEqual(hooksTo({ ...imported, status: 'completed' }), []);
    assert.deepEqual(hooksOf({ ...was, ...imported }, { ...was, ...imported, specVersion: 5 }), edit);
  });

  it('are none for folders', () => {
    const folder = aJobState({ status: 'folder' });
    assert.deepEqual(hooksOf(undefined, folder), []);
    assert.deepEqual(hooksOf(folder, { ...folder, specVersion: 2 }), []);
    assert.deepEqual(hooksOf(folder, { ...folder, status: 'deleting', generation: 2 }), []);
  });
});
