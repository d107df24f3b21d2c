/** The status machine of a node. Its status follows from whether it lives, holds a chunk, and is paused. */
import type { NodeState, NodeStatus } from '../model/node.ts';
import type { Transition } from './transition.ts';

/** What happens to a node; `…-paused` where the node is paused at that moment. */
export type NodeEvent =
  | 'come'
  | 'come-paused'
  | 'assign'
  | 'free'
  | 'free-paused'
  | 'pause'
  | 'resume'
  | 'go';

export const nodeTransitions: readonly Transition<NodeStatus, NodeEvent>[] = [
  { from: 'offline', event: 'come', to: 'idle', reason: 'registered' },
  { from: 'offline', event: 'come-paused', to: 'paused', reason: 'registered; it was paused' },
  { from: 'idle', event: 'come', to: 'idle', reason: 'registered again' },
  { from: 'working', event: 'come', to: 'idle', reason: 'registered again; its chunk went back' },
  { from: 'working', event: 'come-paused', to: 'paused', reason: 'registered again; its chunk went back' },
  { from: 'paused', event: 'come-paused', to: 'paused', reason: 'registered again' },
  { from: 'idle', event: 'assign', to: 'working', reason: 'holds a chunk' },
  { from: 'working', event: 'assign', to: 'working', reason: 'holds the next chunk' },
  { from: 'working', event: 'free', to: 'idle', reason: 'its chunk ended and there was no other' },
  { from: 'working', event: 'free-paused', to: 'paused', reason: 'its chunk ended and it is paused' },
  { from: 'idle', event: 'pause', to: 'paused', reason: 'paused by hand' },
  { from: 'paused', event: 'pause', to: 'paused', reason: 'paused already' },
  { from: 'working', event: 'pause', to: 'working', reason: 'paused by hand; finishes its chunk' },
  { from: 'offline', event: 'pause', to: 'offline', reason: 'paused by hand; is paused when it comes back' },
  { from: 'paused', event: 'resume', to: 'idle', reason: 'resumed by hand' },
  { from: 'idle', event: 'resume', to: 'idle', reason: 'not paused' },
  { from: 'working', event: 'resume', to: 'working', reason: 'resumed by hand' },
  { from: 'offline', event: 'resume', to: 'offline', reason: 'resumed by hand' },
  { from: 'idle', event: 'go', to: 'offline', reason: 'left, or its lease lapsed' },
  { from: 'working', event: 'go', to: 'offline', reason: 'left, or its lease lapsed; its chunk goes back' },
  { from: 'paused', event: 'go', to: 'offline', reason: 'left, or its lease lapsed' },
  { from: 'offline', event: 'go', to: 'offline', reason: 'is offline already' },
];

/** The status of a live node. */
export const liveStatus = (hasAssignment: boolean, paused: boolean): NodeStatus =>
  hasAssignment ? 'working' : paused ? 'paused' : 'idle';

/** A node that was not heard of in time. */
export interface Silence {
  /** When it should have been heard of at the latest. */
  readonly since: string;
  /** That it did not accept a chunk, instead of having been silent beyond its lease. */
  readonly isUnaccepted: boolean;
}

/** How a node was lost; undefined for any other change, such as a node that left: that ends its session. */
export function silenceOf(was: NodeState, is: NodeState): Silence | undefined {
  if (was.status === 'offline' || is.status !== 'offline') return undefined;
  if (was.session !== is.session) return undefined;
  const acceptBy = was.assignment?.acceptBy ?? null;
  if (acceptBy !== null && (was.leaseUntil === null || acceptBy < was.leaseUntil)) {
    return { since: acceptBy, isUnaccepted: true };
  }
  return was.leaseUntil === null ? undefined : { since: was.leaseUntil, isUnaccepted: false };
}
