/** A clock that a test moves by hand; waiting ends when its time has come. */
import type { Timer } from '../../local/gateway/timer.ts';
import type { Clock } from '../../shared/model/clock.ts';

export interface ManualClock extends Clock, Timer {
  /** Moves time on and runs what was waited for, in order. */
  advance(milliseconds: number): void;
}

/** Starts at 2026-01-01T00:00:00.000Z unless told. */
export function manualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start;
  let waiting: { at: number; run: () => void }[] = [];
  return {
    now: () => now,
    after(milliseconds, run) {
      const entry = { at: now + milliseconds, run };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    advance(milliseconds) {
      now += milliseconds;
      const due = waiting.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
      waiting = waiting.filter(({ at }) => at > now);
      for (const { run } of due) run();
    },
  };
}
