/** Time that passes only when a test says so. */
import type { Clock, Timer } from '../../../nodeagent/src/ports.ts';

interface Pending {
  readonly at: number;
  readonly number: number;
  readonly callback: () => void;
}

export class VirtualClock implements Clock {
  #now = Date.parse('2026-01-01T00:00:00Z');
  #pending: Pending[] = [];
  #number = 0;

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, callback: () => void): Timer {
    this.#number += 1;
    const pending = { at: this.#now + Math.max(0, milliseconds), number: this.#number, callback };
    this.#pending.push(pending);
    return {
      cancel: () => {
        this.#pending = this.#pending.filter((other) => other !== pending);
      },
    };
  }

  /** Resolves when whatever can go on without time passing has done so. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
  }

  /** Moves on to the next timer and runs it. */
  toNextTimer(): void {
    const next = this.#next();
    if (next === undefined) return;
    this.#pending = this.#pending.filter((other) => other !== next);
    this.#now = next.at;
    next.callback();
  }

  async pass(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    await this.settle();
    for (let next = this.#next(); next !== undefined && next.at <= until; next = this.#next()) {
      this.toNextTimer();
      await this.settle();
    }
    this.#now = until;
  }

  #next(): Pending | undefined {
    return this.#pending.toSorted((a, b) => a.at - b.at || a.number - b.number)[0];
  }
}
