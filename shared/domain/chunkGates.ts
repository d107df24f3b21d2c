/** Jobs whose template says of each chunk whether it may start: when it is asked about which of them. */
import type { ChunkGate } from '../model/chunkGate.ts';
import type { JobState } from '../model/job.ts';
import { isStartable } from './jobStatus.ts';

/** So many chunks wait in the queue before no more are asked about: an answer that is used hours later is stale. */
export const LOOK_AHEAD = 300;
/** When so few are left of them, the next ones are asked about. */
export const LOW_MARK = 150;

/** Whether a job may have chunks that wait to be let into the queue, by its counts. */
export const mayHaveWaiting = ({ followsChunks, total, slots, counts }: JobState): boolean =>
  followsChunks && counts.queued + counts.completed + counts.warning + counts.failed + slots < total;

/**
 * What is to be asked of the hook after a change: about the chunks that it has refused and the next ones, about the next
 * ones alone, or nothing. A job at rest asks nothing by itself.
 */
export function questionAfter(was: JobState | undefined, is: JobState): 'again' | 'next' | undefined {
  if (!mayHaveWaiting(is) || !isStartable(is)) return undefined;
  const isOtherwise =
    was === undefined ||
    !was.followsChunks ||
    !isStartable(was) ||
    was.generation !== is.generation ||
    was.specVersion !== is.specVersion;
  if (isOtherwise) return 'again';
  return was.counts.queued >= LOW_MARK && is.counts.queued < LOW_MARK ? 'next' : undefined;
}

/** Why a chunk waits for its hook. */
export function reasonOf({ asked, refused, reasons, passedOver }: ChunkGate, index: number): string {
  const place = refused.indexOf(index);
  if (place >= 0) return reasons[place] ?? REFUSED;
  return passedOver !== null && index >= passedOver && index < asked ? REFUSED : NOT_ASKED;
}

const NOT_ASKED = 'its template was not asked about it yet';
const REFUSED = 'onValidateChunkDependancies of its template has refused it';

/** What keeps the chunks of a job from the queue that its hook decides about. */
export function gateRules({ refused, reasons }: ChunkGate): string[] {
  if (refused.length === 0) return [`its other chunks: ${NOT_ASKED}`];
  const rules = reasons.map((reason, place) => `chunk ${(refused[place] ?? 0) + 1}: ${reason}`);
  const others = refused.length - reasons.length;
  return others > 0 ? [...rules, `${others} more: ${REFUSED}`] : rules;
}
