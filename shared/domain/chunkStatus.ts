/** The status machine of a chunk. */
import type { AttemptOutcome, ChunkStatus } from '../model/chunk.ts';
import type { Transition } from './transition.ts';

/**
 * What happens to a chunk. `retry` is a failure or loss below the requeue limit, `requeue` an end without
 * penalty, `redo` a new attempt on the same node, `set-…` a change by hand, `release` met chunk dependencies.
 */
export type ChunkEvent =
  | 'release'
  | 'claim'
  | 'complete'
  | 'warn'
  | 'fail'
  | 'retry'
  | 'requeue'
  | 'redo'
  | 'set-queued'
  | 'set-completed'
  | 'set-failed';

const all: readonly ChunkStatus[] = ['queued', 'running', 'completed', 'warning', 'failed'];
const byHand = (event: ChunkEvent, to: ChunkStatus, reason: string): Transition<ChunkStatus, ChunkEvent>[] =>
  [...all, 'waiting' as const].map((from) => ({ from, event, to, reason }));

export const chunkTransitions: readonly Transition<ChunkStatus, ChunkEvent>[] = [
  { from: 'waiting', event: 'release', to: 'queued', reason: 'the chunks that it depends on completed' },
  { from: 'queued', event: 'claim', to: 'running', reason: 'handed to a node' },
  { from: 'running', event: 'complete', to: 'completed', reason: 'completed' },
  { from: 'running', event: 'warn', to: 'warning', reason: 'completed with warnings' },
  { from: 'running', event: 'fail', to: 'failed', reason: 'failed too often' },
  { from: 'running', event: 'retry', to: 'queued', reason: 'failed or lost; tried again' },
  { from: 'running', event: 'requeue', to: 'queued', reason: 'stopped; goes back without penalty' },
  { from: 'running', event: 'redo', to: 'running', reason: 'started again on the same node' },
  ...byHand('set-queued', 'queued', 'put into the queue by hand'),
  ...byHand('set-completed', 'completed', 'set to completed by hand'),
  ...byHand('set-failed', 'failed', 'set to failed by hand'),
];

/**
 * What the end of an attempt means for its chunk: failures and losses are tried again until the limit, ends on
 * purpose cost nothing.
 */
export function endEvent(
  outcome: AttemptOutcome,
  requeueCount: number,
  maximumRequeues: number,
): 'complete' | 'warn' | 'fail' | 'retry' | 'requeue' {
  switch (outcome) {
    case 'completed':
      return 'complete';
    case 'warning':
      return 'warn';
    case 'failed':
    case 'timed-out':
    case 'lost':
      return requeueCount < maximumRequeues ? 'retry' : 'fail';
    case 'interrupted':
    case 'overridden':
      return 'requeue';
  }
}
