import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();

describe('jobGet', () => {
  it('retrieves a job as it was submitted, with defaults, owner and counts', async () => {
    const { id } = await farm.admin.jobSubmit({
      job: aJob(4, { name: 'shot 010', project: 'Rome', includedPools: ['gpu', '', 'gpu'] }),
    });

    const { job } = await farm.admin.jobGet({ id });

    assert.deepEqual(job, {
      id,
      type: 'job',
      owner: 'admin',
      name: 'shot 010',
      parentId: -1,
      templateId: 43,
      priority: 50,
      emergencyQueue: false,
      startFrame: 1,
      endFrame: 4,
      byFrame: 1,
      packetType: 'multiframe',
      packetSize: 1,
      imageSlices: 1,
      chunksPriority: 'forward',
      chunksInterleave: 2,
      startOn: null,
      maximumInstances: 0,
      includedPools: ['gpu'],
      excludedPools: [],
      dependIds: [],
      dependMode: 'success',
      dependLinkMode: 'all',
      minimumCores: null,
      minimumThreads: null,
      minimumSpeedMhz: null,
      minimumRamMb: null,
      minimumPhysicalMb: null,
      minimumDiskSpaceMb: null,
      platform: 'any',
      exitCodesErrorCheckType: 'full',
      logsErrorCheckType: 'full',
      validExitCodes: null,
      warningExitCodes: null,
      errorExitCodes: null,
      chunkTimeoutSeconds: null,
      maximumChunksRequeue: null,
      department: '',
      project: 'Rome',
      sequence: '',
      shot: '',
      camera: '',
      templateVersion: '',
      notifications: {},
      outputFiles: null,
      frameCheck: null,
      thumbnails: false,
      actions: null,
      movie: null,
      environment: {},
      attributes: { command: { value: '/bin/true', state: true, subst: false } },
      status: 'queued',
      statusReason: 'may start',
      paused: false,
      generation: 1,
      version: 1,
      chunkCount: 4,
      handedOutCount: 0,
      runningCount: 0,
      counts: { queued: 0, completed: 0, warning: 0, failed: 0 },
      progress: 0,
      submittedAt: '2026-01-01T00:00:00.000Z',
      startedAt: null,
      endedAt: null,
    });
  });

  it('retrieves a folder, which has no chunks', async () => {
    const { id } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });

    const { job } = await farm.admin.jobGet({ id });

    assert.equal(job.type, 'folder');
    assert.equal(job.status, 'folder');
    assert.equal(job.chunkCount, 0);
  });

  it('refuses an id that nothing has', async () => {
    await assertRefusedWhole(farm, 'jobGet', 'not-found', { what: 'job', id: 999 }, { id: 999 });
  });

  it('refuses a job that was deleted, before and after it is swept', async () => {
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.admin.jobDelete({ id });

    await assertRefusedWhole(farm, 'jobGet', 'not-found', { what: 'job', id }, { id });
    await farm.tick();
    await assertRefusedWhole(farm, 'jobGet', 'not-found', { what: 'job', id }, { id });
  });
});
