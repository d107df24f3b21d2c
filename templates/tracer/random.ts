/**
 * Numbers that look random and are the same each time: seeded by pixel and frame, so that neither the packet nor the
 * slice that a pixel is rendered in, nor the pixels before it, can change it.
 */
export class PixelRandom {
  #state = 0;

  start(column: number, row: number, frame: number): void {
    // Frames may be fractions; a millionth is what their text tells apart.
    const moment = Math.round(frame * 1e6);
    let state = mix(column + 1);
    state = mix(state ^ row);
    state = mix(state ^ (moment % 0x1_0000_0000));
    this.#state = state;
  }

  /** The next number, from 0 up to but not 1. */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    return (mix(this.#state) >>> 0) / 0x1_0000_0000;
  }
}

/** Spreads a change of any bit over all 32 (the finaliser of MurmurHash3). */
function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
