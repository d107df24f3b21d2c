import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JobHook } from '../../../shared/contract/hooks.ts';
import { hooksOf } from '../../../shared/domain/jobHooks.ts';
import { type JobStatus, jobStatusNames } from '../../../shared/model/job.ts';

/** Every change that a hook hears of; all others are silent. */
const heard: readonly (readonly [from: JobStatus, to: JobStatus, hooks: readonly JobHook[]])[] = [
  ['waiting', 'in-progress', ['onJobStart']],
  ['delayed', 'in-progress', ['onJobStart']],
  ['queued', 'in-progress', ['onJobStart']],
  ['deleting', 'in-progress', ['onJobStart']],
  ['folder', 'in-progress', ['onJobStart']],
  ...(['waiting', 'delayed', 'queued', 'in-progress', 'deleting', 'folder'] as const).flatMap((from) => [
    [from, 'completed', ['onJobEnd', 'onJobCompleted']] as const,
    [from, 'completed-with-warnings', ['onJobEnd', 'onJobCompleted']] as const,
    [from, 'failed', ['onJobEnd']] as const,
  ]),
];

describe('the hooks of a change of status', () => {
  for (const from of jobStatusNames) {
    it(`from ${from} are those that are written down`, () => {
      for (const to of jobStatusNames) {
        const expected = heard.find(([a, b]) => a === from && b === to)?.[2] ?? [];
        assert.deepEqual(hooksOf(from, to), expected, `to ${to}`);
      }
    });
  }
});
