import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  afterFailure,
  afterSuccess,
  type ExclusionFields,
  remembersFailures,
  withoutJob,
  withoutTemplate,
} from '../../../shared/domain/exclusions.ts';

const fresh: ExclusionFields = {
  excludedJobs: [],
  excludedTemplates: [],
  jobFailures: [],
  templateFailures: [],
};
const limits = { failuresExcludeJob: 3, jobsExcludeTemplate: 3 };
const at = '2026-01-01T00:00:00.000Z';

/** A node's memory after failures of jobs, all of one template. */
const afterFailures = (jobIds: readonly number[], templateId = 43, node = fresh): ExclusionFields =>
  jobIds.reduce((memory, jobId) => afterFailure(memory, { jobId, templateId, at }, limits), node);

describe('failures of one job', () => {
  it('exclude the node from the job at the third in a row', () => {
    assert.deepEqual(afterFailures([7, 7]).excludedJobs, []);
    assert.deepEqual(afterFailures([7, 7, 7]).excludedJobs, [
      { id: 7, since: at, reason: '3 failures in a row' },
    ]);
  });

  it('are counted for each job alone', () => {
    const memory = afterFailures([7, 8, 7, 8]);

    assert.deepEqual(memory.excludedJobs, []);
    assert.deepEqual(memory.jobFailures, [
      { jobId: 7, count: 2 },
      { jobId: 8, count: 2 },
    ]);
  });

  it('begin anew after a success of the job', () => {
    const memory = afterSuccess(afterFailures([7, 7]), 7, 43);

    assert.deepEqual(memory, fresh);
    assert.deepEqual(afterFailures([7, 7], 43, memory).excludedJobs, []);
  });

  it('keep the first moment of an exclusion', () => {
    const memory = afterFailure(
      afterFailures([7, 7, 7]),
      { jobId: 7, templateId: 43, at: '2026-01-02T00:00:00.000Z' },
      limits,
    );

    assert.deepEqual(memory.excludedJobs, [{ id: 7, since: at, reason: '3 failures in a row' }]);
  });
});

describe('failures of different jobs of a template', () => {
  it('exclude the node from the template at the third job in a row', () => {
    assert.deepEqual(afterFailures([7, 8]).excludedTemplates, []);
    assert.deepEqual(afterFailures([7, 8, 9]).excludedTemplates, [
      { id: 43, since: at, reason: '3 jobs failed one after another' },
    ]);
  });

  it('count a job once however often it fails', () => {
    assert.deepEqual(afterFailures([7, 7, 8, 8, 7]).excludedTemplates, []);
  });

  it('begin anew after a success of any job of the template', () => {
    const memory = afterSuccess(afterFailures([7, 8]), 99, 43);

    assert.deepEqual(memory.templateFailures, []);
    assert.deepEqual(afterFailures([9], 43, memory).excludedTemplates, []);
  });

  it('are counted for each template alone', () => {
    const memory = afterFailures([8, 9], 44, afterFailures([7]));

    assert.deepEqual(memory.excludedTemplates, []);
  });
});

describe('a success', () => {
  it('lifts no exclusion and forgets nothing of other jobs', () => {
    const memory = afterSuccess(afterFailures([7, 7, 7, 8]), 9, 44);

    assert.deepEqual(memory, afterFailures([7, 7, 7, 8]));
  });

  it('matters only to a node that remembers failures of the job or its template', () => {
    const memory = afterFailures([7]);

    assert.equal(remembersFailures(memory, 7, 44), true);
    assert.equal(remembersFailures(memory, 8, 43), true);
    assert.equal(remembersFailures(memory, 8, 44), false);
  });
});

describe('limits', () => {
  it('of 0 never exclude', () => {
    const never = { failuresExcludeJob: 0, jobsExcludeTemplate: 0 };
    let memory = fresh;
    for (let jobId = 1; jobId <= 10; jobId += 1)
      memory = afterFailure(memory, { jobId, templateId: 43, at }, never);

    assert.deepEqual([memory.excludedJobs, memory.excludedTemplates], [[], []]);
  });

  it('of 1 exclude at once', () => {
    const once = { failuresExcludeJob: 1, jobsExcludeTemplate: 1 };
    const memory = afterFailure(fresh, { jobId: 7, templateId: 43, at }, once);

    assert.equal(memory.excludedJobs.length, 1);
    assert.equal(memory.excludedTemplates.length, 1);
  });

  it('keep a node item small: the newest twenty are remembered', () => {
    const memory = afterFailures(Array.from({ length: 30 }, (_, position) => position + 1));

    assert.deepEqual(
      memory.jobFailures.map(({ jobId }) => jobId),
      Array.from({ length: 20 }, (_, position) => position + 11),
    );
    assert.equal(memory.templateFailures[0]?.jobIds.length, 20);
  });
});

describe('a purge', () => {
  it('lifts the exclusion from a job and its streak, and nothing else', () => {
    const memory = withoutJob(afterFailures([7, 7, 7, 8]), 7);

    assert.deepEqual(memory.excludedJobs, []);
    assert.deepEqual(memory.jobFailures, [{ jobId: 8, count: 1 }]);
    assert.deepEqual(memory.templateFailures, [{ templateId: 43, jobIds: [7, 8] }]);
  });

  it('lifts the exclusion from a template and its streak, and nothing else', () => {
    const memory = withoutTemplate(afterFailures([7, 8, 9]), 43);

    assert.deepEqual(memory.excludedTemplates, []);
    assert.deepEqual(memory.templateFailures, []);
    assert.equal(memory.jobFailures.length, 3);
  });
});
