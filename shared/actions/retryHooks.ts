/** Sends hooks again that were given up. */
import { invalidInput, notFound } from '../errors.ts';
import type { Context } from '../runtime/context.ts';
import type { KeptFailure } from '../store/hookFailureStore.ts';

/** Answers with how many. One that is asked for by its key is sent again also while it is still tried. */
export async function retryHooks(context: Context, key: string | undefined): Promise<number> {
  const failures = key === undefined ? await givenUp(context) : [await getFailure(context, key)];
  for (const { retry, count } of failures) {
    if (retry === null)
      throw invalidInput('key', 'must be that of a hook that is told, not of one that is asked');
    // The queue drops a message that it had a moment ago, but not one after another failure.
    if ('state' in retry) await context.hookQueue.send({ ...retry, after: count });
  }
  return failures.length;
}

const givenUp = async ({ hookFailures }: Context): Promise<KeptFailure[]> =>
  (await hookFailures.list()).filter(({ isGivenUp }) => isGivenUp);

async function getFailure({ hookFailures }: Context, key: string): Promise<KeptFailure> {
  const failure = await hookFailures.find(key);
  if (failure === undefined) throw notFound('failure of a hook', key);
  return failure;
}
