/** How long a job will take, from how fast its chunks ended lately. */

/** So many chunks had ended at a moment, in milliseconds; those that run count by their progress. */
export interface Sample {
  readonly at: number;
  readonly ended: number;
}

/** The rate of the last so many changes counts: nodes come and go, and frames differ. */
const WINDOW = 60;
/** A rate from fewer chunks than this says little: progress comes in jumps. */
const ENOUGH_CHUNKS = 2;

/** Notes what is seen now. Only changes are kept; chunks that were put back begin a new count. */
export function withSample(samples: readonly Sample[], seen: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last === undefined || seen.ended < last.ended) return [seen];
  if (seen.ended === last.ended) return samples;
  return [...samples, seen].slice(-WINDOW - 1);
}

/**
 * Seconds until `remaining` more chunks have ended; undefined while nothing can be said. The rate counts the time up to
 * now, so that the estimate grows while nothing ends. Before enough was seen, the whole run so far has to do.
 */
export function secondsLeft(
  samples: readonly Sample[],
  now: number,
  remaining: number,
  startedAt: number | undefined,
): number | undefined {
  if (remaining === 0) return 0;
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  if (last.ended - first.ended >= ENOUGH_CHUNKS) {
    return (((now - first.at) / (last.ended - first.ended)) * remaining) / 1_000;
  }
  // The dispatcher's clock may be ahead of this one.
  if (startedAt === undefined || startedAt >= now || last.ended === 0) return undefined;
  return (((now - startedAt) / last.ended) * remaining) / 1_000;
}
