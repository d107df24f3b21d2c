/** Runs a write so that a request which comes twice under one token has the effect of one. */
import { createHash } from 'node:crypto';
import { type Once, unrepeated } from '../actions/once.ts';
import type { Operation } from '../contract/operation.ts';
import { DispatcherError } from '../errors.ts';
import type { Caller } from '../model/user.ts';
import type { Context } from '../runtime/context.ts';
import type { Value } from '../store/table.ts';

/** A hash that is kept would let a password be guessed; the same request with another one counts as the same. */
const withoutSecrets = (name: string, value: unknown): unknown =>
  /password/i.test(name) ? undefined : value;

/** Runs `work`, or answers with what it answered before. */
export async function runOnce<Answer>(
  context: Context,
  operation: Operation,
  caller: Caller | undefined,
  input: Readonly<Record<string, unknown>>,
  work: (once: Once) => Promise<Answer>,
): Promise<Answer> {
  const { requestToken, ...content } = input as { requestToken?: string } & Record<string, unknown>;
  if (requestToken === undefined || caller?.kind !== 'user') return work(unrepeated);
  const contentHash = createHash('sha256')
    .update(JSON.stringify([operation.name, content], withoutSecrets))
    .digest('base64url');
  const known = await context.requests.find(caller.name, requestToken);
  if (known !== undefined && known.contentHash !== contentHash) {
    throw new DispatcherError('request-conflict', { requestToken });
  }
  if (known?.answer !== undefined) return known.answer as Answer;
  const once: Once = {
    async reserve<T extends Value>(make: () => Promise<T>) {
      if (known !== undefined) return { value: known.reservation as T, isRepeat: true };
      const begun = await context.requests.begin(caller.name, requestToken, contentHash, await make());
      if (begun.contentHash !== contentHash) throw new DispatcherError('request-conflict', { requestToken });
      return { value: begun.reservation as T, isRepeat: begun.isRepeat };
    },
  };
  if (!operation.reserves) await once.reserve(async () => null);
  const answer = await work(once);
  // What was created answers for itself: its id is the reservation.
  if (operation.status !== 201) await context.requests.finish(caller.name, requestToken, answer as Value);
  return answer;
}
