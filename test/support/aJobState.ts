import type { JobState } from '../../shared/model/job.ts';

/** The state of a queued job of one chunk that nobody has touched. */
export const aJobState = (change: Partial<JobState> = {}): JobState => ({
  id: 1,
  status: 'queued',
  statusReason: 'may start',
  paused: false,
  generation: 1,
  version: 1,
  next: 0,
  total: 1,
  slots: 0,
  maximumInstances: 0,
  counts: { queued: 0, completed: 0, warning: 0, failed: 0 },
  matchClass: 'any',
  readyKey: '1#65485#2026-01-01T00:00:00.000Z#000000000001',
  isIndexed: true,
  startOn: null,
  startedAt: null,
  endedAt: null,
  followsChunks: false,
  framesVersion: 1,
  generationSince: '2026-01-01T00:00:00.000Z',
  sweptGeneration: 0,
  suspectSince: null,
  suspectVersion: null,
  ...change,
});
