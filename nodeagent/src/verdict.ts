/** What a failed call means to a node, whichever call it was. The table is in `docs/node-protocol.md`. */
import { RollcallError, UnreachableError } from '../../client/src/client.ts';
import type { ErrorCode } from '../../client/src/generated.ts';

/**
 * - `later`: no answer, or none that settles anything; repeat after a back-off.
 * - `stale`: the attempt is not this node's any more.
 * - `replaced`: another agent opened a session for this node.
 * - `unknown`: the node or its token is not known any more (deleted, revoked); only a new session can help.
 * - `refused`: this request will never be accepted, however often it is sent.
 */
export type Verdict = 'later' | 'stale' | 'replaced' | 'unknown' | 'refused';

export interface Failure {
  readonly verdict: Verdict;
  /** Undefined when there was no answer. */
  readonly code: ErrorCode | undefined;
  /** For people. */
  readonly reason: string;
}

/** Errors that no dispatcher answers with are bugs: they are thrown on and end the agent. */
export function judge(error: unknown): Failure {
  if (error instanceof UnreachableError) return { verdict: 'later', code: undefined, reason: error.message };
  if (!(error instanceof RollcallError)) throw error;
  return { verdict: verdictOf(error), code: error.code, reason: error.message };
}

function verdictOf(error: RollcallError): Verdict {
  if (error.code === 'stale-attempt') return 'stale';
  if (error.code === 'session-replaced') return 'replaced';
  if (error.code === 'unauthenticated' || error.code === 'not-found') return 'unknown';
  // An incident of the dispatcher ends when it is mended; what the node has to say must not be lost until then.
  if (error.retryable || error.status >= 500) return 'later';
  // Whatever answers so is no dispatcher of this version yet, or not any more: an upgrade under way.
  if (error.code === 'no-such-operation') return 'later';
  return 'refused';
}

export type Answer<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Failure);

/** Makes a call and judges what comes back. */
export async function ask<T>(call: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await call() };
  } catch (error) {
    return { ok: false, ...judge(error) };
  }
}
