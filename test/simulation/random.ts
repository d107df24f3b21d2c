/** Numbers that look random and are the same for the same seed. */

export class Random {
  #state: number;
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed >>> 0;
    this.#state = mix(this.#seed);
  }

  /**
   * A stream of its own for one concern: what it draws does not shift what others draw, so that a run with one fault
   * less stays the same run everywhere else.
   */
  fork(label: string): Random {
    let hash = this.#seed ^ 0x9e3779b9;
    for (let position = 0; position < label.length; position += 1) {
      hash = Math.imul(hash ^ label.charCodeAt(position), 0x01000193);
    }
    return new Random(mix(hash));
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    return mix(this.#state) / 0x1_0000_0000;
  }

  /** A whole number from one bound to the other, both included. */
  integer(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** A number from one bound up to the other. */
  between(from: number, to: number): number {
    return from + this.next() * (to - from);
  }

  chance(probability: number): boolean {
    return probability > 0 && this.next() < probability;
  }

  /** Throws on an empty list. */
  pick<T>(values: readonly T[]): T {
    const value = values[Math.floor(this.next() * values.length)];
    if (value === undefined) throw new RangeError('there is nothing to pick from');
    return value;
  }

  /** Most often well below the mean, at times far above it. */
  exponential(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }
}

/** The finaliser of MurmurHash3, as an unsigned number. */
function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
