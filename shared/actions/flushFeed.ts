/** Waits until everything that was written before has come through the change feed: history and what follows from it. */
import { setTimeout } from 'node:timers/promises';
import { DispatcherError } from '../errors.ts';
import type { Context } from '../runtime/context.ts';

/** A function that answers calls ends after 25 s. */
const PATIENCE_SECONDS = 20;
/** Before the markers are looked for again. */
const PAUSE_MS = 200;

export async function flushFeed(context: Context): Promise<void> {
  const endsAt = context.clock.now() + PATIENCE_SECONDS * 1_000;
  const flushId = context.newToken();
  await context.flushes.mark(flushId);
  while (await context.flushes.isPending(flushId)) {
    if (context.clock.now() >= endsAt) {
      throw new DispatcherError('flush-timeout', { seconds: PATIENCE_SECONDS });
    }
    await setTimeout(PAUSE_MS);
  }
}
