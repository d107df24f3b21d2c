/** Waiting enters here, so that a test's clock decides when a time has come. */
export interface Timer {
  /** Calls `run` once after so many milliseconds; the function it answers with calls that off. */
  after(milliseconds: number, run: () => void): () => void;
}

/** The longest that `setTimeout` can wait; beyond it, it fires at once. */
const longestMs = 2 ** 31 - 1;

/** The machine's own timer. */
export const systemTimer: Timer = {
  after(milliseconds, run) {
    const handle = setTimeout(run, Math.min(milliseconds, longestMs));
    return () => clearTimeout(handle);
  },
};

/** Waits so many milliseconds, or until the signal aborts. */
export function pause(timer: Timer, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = timer.after(milliseconds, end);
    signal.addEventListener('abort', end, { once: true });
  });
}
