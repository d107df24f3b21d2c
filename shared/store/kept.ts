/** Values that a process keeps for a moment, so that what is read again and again is read once. */
import type { Clock } from '../model/clock.ts';

/** Entries beyond which everything is forgotten; that costs one read each. */
const CAPACITY = 10_000;

export class Kept<Key, Value> {
  readonly #entries = new Map<Key, { readonly value: Value; readonly until: number }>();
  readonly #clock: Clock;
  readonly #milliseconds: number;

  constructor(clock: Clock, milliseconds: number) {
    this.#clock = clock;
    this.#milliseconds = milliseconds;
  }

  /** The value, unless it is too old. */
  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.until > this.#clock.now() ? entry.value : undefined;
  }

  /** Keeps a value, for less than usual if it is only good until some millisecond, and gives it back. */
  put(key: Key, value: Value, goodUntil = Number.POSITIVE_INFINITY): Value {
    if (this.#entries.size >= CAPACITY) this.#entries.clear();
    const until = Math.min(goodUntil, this.#clock.now() + this.#milliseconds);
    this.#entries.set(key, { value, until });
    return value;
  }

  delete(key: Key): void {
    this.#entries.delete(key);
  }
}
