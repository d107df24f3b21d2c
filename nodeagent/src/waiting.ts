/** Waiting on the clock port. */
import type { Clock } from './ports.ts';

/** Resolves after so many milliseconds, or as soon as the signal is aborted. */
export function sleep(clock: Clock, milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (milliseconds <= 0 || signal?.aborted) return resolve();
    const wake = (): void => {
      timer.cancel();
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = clock.after(milliseconds, wake);
    signal?.addEventListener('abort', wake);
  });
}

/** The value of the promise, or undefined if it takes longer. The work behind it goes on. */
export function within<T>(clock: Clock, milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  const enough = new AbortController();
  const late = sleep(clock, milliseconds, enough.signal).then(() => undefined);
  return Promise.race([promise, late]).finally(() => enough.abort());
}
