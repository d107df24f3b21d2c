/** Looking again and again. */
import { setTimeout as delay } from 'node:timers/promises';
import { UnreachableError } from '../../../client/src/client.ts';

/** A dispatcher that is started anew comes back within this time; renders that take a night must not lose their watcher. */
const LONGEST_SILENCE_MS = 300_000;

/**
 * Looks every so often until there is no more to see. A dispatcher that cannot be reached is trouble for some minutes
 * and an error after them.
 */
export async function poll(
  intervalSeconds: number,
  /** Says whether there is more to see. */
  look: () => Promise<boolean>,
  onTrouble: (text: string) => void,
  pause: (milliseconds: number) => Promise<void> = delay,
): Promise<void> {
  let silentSince: number | undefined;
  for (let isMore = true; isMore; ) {
    await pause(intervalSeconds * 1_000);
    try {
      isMore = await look();
      silentSince = undefined;
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
      silentSince ??= Date.now();
      if (Date.now() - silentSince > LONGEST_SILENCE_MS) throw error;
      onTrouble(`${error.message}; trying again`);
    }
  }
}
