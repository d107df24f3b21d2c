/** Time enters here and nowhere else. */
import { isoTime } from './time.ts';

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** The time as text, `seconds` from now. */
export const timeAfter = (clock: Clock, seconds = 0): string => isoTime(clock.now() + seconds * 1000);

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };
