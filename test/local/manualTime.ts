import type { Timer } from '../../local/gateway/timer.ts';
import type { Clock } from '../../shared/model/clock.ts';

/** A clock and a timer that a test moves by hand. */
export class ManualTime implements Clock, Timer {
  #now: number;
  readonly #due = new Map<() => void, number>();
  readonly #watchers = new Set<() => void>();

  constructor(startsAt = '2030-03-01T12:00:00.000Z') {
    this.#now = Date.parse(startsAt);
  }

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, run: () => void): () => void {
    const entry = () => run();
    this.#due.set(entry, this.#now + milliseconds);
    for (const watcher of [...this.#watchers]) watcher();
    return () => this.#due.delete(entry);
  }

  /** Resolves when at least so many wait: what was started has come to rest. */
  waiting(count: number): Promise<void> {
    return new Promise((resolve) => {
      const watcher = () => {
        if (this.#due.size < count) return;
        this.#watchers.delete(watcher);
        resolve();
      };
      this.#watchers.add(watcher);
      watcher();
    });
  }

  /** Resolves when nobody waits. */
  resting(): Promise<void> {
    return new Promise((resolve) => {
      const look = () => (this.#due.size === 0 ? resolve() : setImmediate(look));
      look();
    });
  }

  advance(seconds: number): void {
    this.#now += seconds * 1000;
    for (const [entry, at] of [...this.#due]) {
      if (at <= this.#now && this.#due.delete(entry)) entry();
    }
  }
}
