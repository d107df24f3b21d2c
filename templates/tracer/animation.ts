/** Values that change from frame to frame. */

/** How a value goes from key to key. */
export const eases = ['smooth', 'linear'] as const;

export interface Key {
  readonly frame: number;
  readonly value: readonly number[];
}

/** A value over time: its keys in order of frames, at least one, all with as many numbers. One key never changes. */
export interface Track {
  readonly ease: (typeof eases)[number];
  readonly keys: readonly Key[];
}

/**
 * The value at a frame, which may lie between frames. Before the first key and after the last it stands still. `linear`
 * goes straight from key to key; `smooth` passes the keys without a jolt, rests at the first and the last, and never
 * leaves the range between two neighbouring keys, so that a radius stays positive and a colour stays a colour.
 */
export function valueAt(track: Track, frame: number): number[] {
  const { keys } = track;
  const after = keys.findIndex((key) => key.frame > frame);
  const to = keys[after];
  const from = keys[after - 1];
  if (to === undefined) return [...(keys.at(-1)?.value ?? [])];
  if (from === undefined) return [...to.value];

  const span = to.frame - from.frame;
  const position = (frame - from.frame) / span;
  return from.value.map((start, component) => {
    const end = to.value[component] ?? start;
    if (track.ease === 'linear') return start + (end - start) * position;
    const outward = slopeAt(keys, after - 1, component) * span;
    const inward = slopeAt(keys, after, component) * span;
    return hermite(start, end, outward, inward, position);
  });
}

/**
 * Harmonic mean of the slopes to both sides, and none where the value turns round: of the smooth curves through the
 * keys, one that does not overshoot (Fritsch and Carlson).
 */
function slopeAt(keys: readonly Key[], index: number, component: number): number {
  const before = slopeBetween(keys[index - 1], keys[index], component);
  const after = slopeBetween(keys[index], keys[index + 1], component);
  return before * after > 0 ? (2 * before * after) / (before + after) : 0;
}

function slopeBetween(from: Key | undefined, to: Key | undefined, component: number): number {
  if (from === undefined || to === undefined) return 0;
  return ((to.value[component] ?? 0) - (from.value[component] ?? 0)) / (to.frame - from.frame);
}

function hermite(start: number, end: number, outward: number, inward: number, t: number): number {
  const rest = 1 - t;
  return (
    start * (1 + 2 * t) * rest * rest +
    outward * t * rest * rest +
    end * t * t * (3 - 2 * t) -
    inward * t * t * rest
  );
}
