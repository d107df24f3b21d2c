/** Pauses between attempts: they double up to a cap, and a random part of each keeps callers from marching in step. */
export interface BackOff {
  readonly firstMilliseconds: number;
  readonly longestMilliseconds: number;
  /** Attempts in all, the first included. */
  readonly attempts: number;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Draws from [0, 1). */
  readonly random: () => number;
}

export const defaultBackOff: BackOff = {
  firstMilliseconds: 25,
  longestMilliseconds: 1000,
  attempts: 8,
  pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: Math.random,
};

/** Waits before another attempt, of which `failedAttempts` have failed. */
export function backOff(settings: BackOff, failedAttempts: number): Promise<void> {
  const longest = Math.min(
    settings.longestMilliseconds,
    settings.firstMilliseconds * 2 ** (failedAttempts - 1),
  );
  return settings.pause(longest * settings.random());
}

/** Runs until it works, as long as the failure says that repeating is right and attempts are left. */
export async function repeat<T>(
  settings: BackOff,
  isRepeatable: (error: unknown) => boolean,
  run: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= settings.attempts || !isRepeatable(error)) throw error;
      await backOff(settings, attempt);
    }
  }
}
