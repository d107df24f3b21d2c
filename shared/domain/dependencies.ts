/** Which jobs and chunks may start, given what they depend on; and that nobody waits for itself. */
import type { ChunkStatus, Packet } from '../model/chunk.ts';
import type { JobSpec, JobStatus } from '../model/job.ts';
import { type Chunking, indexesCovering } from './chunking.ts';

type DependencyFields = Pick<JobSpec, 'dependIds' | 'dependMode' | 'dependLinkMode'>;

/** A parent as a strong read found it; undefined status: it was deleted. */
export interface Parent {
  readonly id: number;
  readonly status: JobStatus | undefined;
}

/** Whether one parent's end is what its child waits for. A deleted parent holds nobody up. */
export function isSatisfied(mode: JobSpec['dependMode'], status: JobStatus | undefined): boolean {
  if (status === undefined || status === 'deleting') return true;
  switch (mode) {
    case 'success':
      return status === 'completed' || status === 'completed-with-warnings';
    case 'ended':
      return status === 'completed' || status === 'completed-with-warnings' || status === 'failed';
    case 'failure':
      return status === 'failed';
  }
}

/**
 * Whether a job may start as far as its parents go. Chunk by chunk it may always start: its chunks come into
 * the queue one by one. Parents that are reopened later do not recall their children.
 */
export function dependenciesMet(job: DependencyFields, parents: readonly Parent[]): boolean {
  if (job.dependIds.length === 0 || job.dependLinkMode === 'chunks') return true;
  const satisfied = parents.filter((parent) => isSatisfied(job.dependMode, parent.status));
  return job.dependLinkMode === 'any' ? satisfied.length > 0 : satisfied.length === parents.length;
}

/** Why a job waits, one sentence a parent. */
export function waitingFor(job: DependencyFields, parents: readonly Parent[]): string[] {
  return parents
    .filter((parent) => !isSatisfied(job.dependMode, parent.status))
    .map((parent) => `waits for job ${parent.id}, which is ${parent.status}, to end with ${job.dependMode}`);
}

/** Chunk indexes of a parent that must be done before a child's packet may start. */
export const coveringIndexes = (parent: Chunking, packet: Packet): number[] =>
  indexesCovering(parent, packet.startFrame, packet.endFrame);

/** Chunk indexes of a child that a parent's packet may set free. */
export const touchedIndexes = (child: Chunking, parentPacket: Packet): number[] =>
  indexesCovering(child, parentPacket.startFrame, parentPacket.endFrame);

/** Whether a parent's chunk is done for a child that follows it chunk by chunk. */
export const isChunkDone = (status: ChunkStatus | undefined): boolean =>
  status === 'completed' || status === 'warning';

/** State of a job, as far as cycles go: what it waits for. */
export type DependencyGraph = ReadonlyMap<number, readonly number[]>;

/**
 * The shortest way from the parents back to the job, if there is one: the job would wait for itself. The graph
 * must hold every job that can be reached.
 */
export function findCycle(
  graph: DependencyGraph,
  jobId: number,
  dependIds: readonly number[],
): number[] | undefined {
  /** For each job that was reached, who waits for it. */
  const waiters = new Map<number, number>();
  const reached: number[] = [];
  const reach = (waiter: number, parents: readonly number[]): void => {
    for (const parent of parents) {
      if (waiters.has(parent)) continue;
      waiters.set(parent, waiter);
      reached.push(parent);
    }
  };
  reach(jobId, dependIds);
  for (const id of reached) {
    if (waiters.has(jobId)) break;
    reach(id, graph.get(id) ?? []);
  }
  let id = waiters.get(jobId);
  if (id === undefined) return undefined;
  const back = [jobId];
  for (; id !== undefined && id !== jobId; id = waiters.get(id)) back.push(id);
  return [...back, jobId].reverse();
}

/** Whether a job that waits by chunks has nothing handed out by `next`: all its chunks come from its parents. */
export const followsChunks = (job: DependencyFields): boolean =>
  job.dependIds.length > 0 && job.dependLinkMode === 'chunks';
