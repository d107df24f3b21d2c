/**
 * Time that passes only when nothing is left to do at a moment. Everything that waits, waits here, and one thing
 * happens after another in an order that depends on the seed alone.
 */

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  isCancelled: boolean;
}

/** Steps that run between two looks at the event loop. */
const STEPS_AT_ONCE = 256;

export class VirtualTime {
  #now: number;
  /** How many things have happened, which is what a run costs in real time. */
  happened = 0;
  #order = 0;
  readonly #heap: Entry[] = [];
  /** Called after each step, when all that follows from it at once has happened. */
  onStep: () => void = () => {};
  /** Whoever set this has seen enough. */
  #failure: { readonly error: unknown } | undefined;

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** Runs something later; gives back how to cancel it. */
  after(milliseconds: number, run: () => void): () => void {
    const entry = { at: this.#now + Math.max(0, milliseconds), order: this.#order, run, isCancelled: false };
    this.#order += 1;
    this.#push(entry);
    return () => {
      entry.isCancelled = true;
    };
  }

  pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.after(milliseconds, resolve));
  }

  /** Ends the run with an error. */
  fail(error: unknown): void {
    this.#failure ??= { error };
  }

  /** Lets time pass until something is so, or until a moment; answers whether it is so. */
  runUntil(isSo: () => boolean, deadline: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      let left = 0;
      let isOver = false;
      const end = (finish: () => void): void => {
        isOver = true;
        finish();
      };
      const step = (): void => {
        left -= 1;
        if (isOver) return;
        try {
          advance();
        } catch (error) {
          end(() => reject(error));
        }
      };
      const advance = (): void => {
        this.onStep();
        const next = this.#pop();
        if (this.#failure !== undefined) {
          end(() => reject(this.#failure?.error));
        } else if (isSo()) {
          if (next !== undefined) this.#push(next);
          end(() => resolve(true));
        } else if (next === undefined || next.at > deadline) {
          if (next !== undefined) this.#push(next);
          this.#now = Math.max(this.#now, deadline);
          end(() => resolve(false));
        } else {
          this.#now = Math.max(this.#now, next.at);
          this.happened += 1;
          next.run();
          if (left === 0) schedule();
        }
      };
      // Node runs everything that waits for a settled promise between two immediates: one step, then its consequences.
      const schedule = (): void => {
        left = STEPS_AT_ONCE;
        for (let count = 0; count < STEPS_AT_ONCE; count += 1) setImmediate(step);
      };
      schedule();
    });
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let position = heap.length;
    heap.push(entry);
    while (position > 0) {
      const parent = (position - 1) >> 1;
      const above = heap[parent] as Entry;
      if (!isBefore(entry, above)) break;
      heap[position] = above;
      position = parent;
    }
    heap[position] = entry;
  }

  #pop(): Entry | undefined {
    for (;;) {
      const first = this.#popAny();
      if (first === undefined || !first.isCancelled) return first;
    }
  }

  #popAny(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let position = 0;
    for (;;) {
      let child = 2 * position + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Entry, heap[child] as Entry)) child += 1;
      if (!isBefore(heap[child] as Entry, last)) break;
      heap[position] = heap[child] as Entry;
      position = child;
    }
    heap[position] = last;
    return first;
  }
}

const isBefore = (one: Entry, other: Entry): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);
