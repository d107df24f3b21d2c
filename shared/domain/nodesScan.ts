/** What a node has said to a scan. */
import type { NodesScan, ScanAnswer } from '../model/nodesScan.ts';

/** Whatever a node said since the scan began is an answer, also a late one. */
export function scanAnswerOf(
  { startedAt, answerBy }: Pick<NodesScan, 'startedAt' | 'answerBy'>,
  lastSeenAt: string | null,
  now: string,
): ScanAnswer {
  if (lastSeenAt !== null && lastSeenAt >= startedAt) return 'answered';
  return now < answerBy ? 'awaited' : 'silent';
}
