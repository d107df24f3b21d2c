/** The clock of the emulator and of all instances: the machine's, moved on by hand. */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { ManualClock } from '../support/manualClock.ts';

export interface MovedClock extends ManualClock {
  /** Milliseconds ahead of the machine, for threads. */
  readonly shared: SharedArrayBuffer;
  /** Sets it to a time. */
  set(milliseconds: number): void;
  close(): void;
}

/** Starts at the machine's time; the emulator reads what it is ahead from a file, in seconds. */
export function movedClock(file: string): MovedClock {
  const shared = new SharedArrayBuffer(8);
  const ahead = new Float64Array(shared);
  const handle = openSync(file, 'w');
  const seconds = Buffer.alloc(8);
  const move = (milliseconds: number): void => {
    ahead[0] = (ahead[0] ?? 0) + milliseconds;
    seconds.writeDoubleLE(ahead[0] / 1_000);
    writeSync(handle, seconds, 0, 8, 0);
  };
  const now = (): number => Math.floor(Date.now() + (ahead[0] ?? 0));
  move(0);
  return {
    shared,
    now,
    set: (milliseconds) => move(milliseconds - now()),
    advance: move,
    after() {
      throw new Error('nothing waits for the moved clock: threads and the emulator read it');
    },
    close: () => closeSync(handle),
  };
}
