import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jobVariables } from '../../../shared/domain/jobVariables.ts';
import { jobSubmissionSchema } from '../../../shared/model/job.ts';

describe('the variables of a job', () => {
  it("are Muster's, with its numbers", () => {
    const { paused: _paused, ...submitted } = jobSubmissionSchema().parse({
      name: 'shot 010',
      templateId: 1_107,
      priority: 80,
      project: 'film',
      department: 'li\0ght',
      packetSize: 4,
      maximumInstances: 9,
      includedPools: ['gpu', 'big'],
      dependIds: [3, 4],
      dependMode: 'ended',
      logsErrorCheckType: 'skip-warnings',
    });

    const variables = jobVariables({
      ...submitted,
      id: 12,
      type: 'job',
      owner: 'anna',
      submittedAt: '2026-03-01T10:00:00.500Z',
      specVersion: 1,
      framesVersion: 1,
      hookDepth: 0,
      needs: null,
    });

    assert.deepEqual(variables, {
      MUSTER_JOB_ID: '12',
      MUSTER_JOB_NAME: 'shot 010',
      MUSTER_NAME: 'shot 010',
      MUSTER_JOB_TYPE: 'job',
      MUSTER_STATUS: '2',
      MUSTER_SUBMITTER: 'anna',
      MUSTER_SUBMISSION_TIME: '1772359200',
      MUSTER_ENGINE: '1107',
      MUSTER_PRIORITY: '80',
      MUSTER_PARENT_ID: '-1',
      MUSTER_JOB_GROUP: 'film',
      MUSTER_JOB_DEPARTMENT: 'light',
      MUSTER_PACKET_TYPE: '1',
      MUSTER_PACKET_SIZE: '4',
      MUSTER_MAX_INSTANCES: '9',
      MUSTER_POOL: 'gpu,big',
      MUSTER_EXCLUDED_POOL: '',
      MUSTER_DEPEND_ID: '3,4',
      MUSTER_DEPEND_MODE: '1',
      MUSTER_EXITCODES_ERROR_CHECK_TYPE: '0',
      MUSTER_LOGS_ERROR_CHECK_TYPE: '1',
    });
  });
});
