/** A job as every reader sees it. */
import { jobProgress } from '../domain/jobRollup.ts';
import type { Job, JobSpec, SeenState } from '../model/job.ts';

export function viewJob(spec: JobSpec, state: SeenState): Job {
  const { specVersion: _spec, framesVersion: _frames, hookDepth: _depth, needs: _needs, ...submitted } = spec;
  return {
    ...submitted,
    status: state.status,
    statusReason: state.statusReason,
    paused: state.paused,
    generation: state.generation,
    version: state.version,
    chunkCount: state.total,
    handedOutCount: state.followsChunks ? 0 : state.next,
    runningCount: state.slots,
    counts: state.counts,
    progress: jobProgress(state.total, state.counts),
    startedAt: state.startedAt,
    endedAt: state.endedAt,
  };
}
