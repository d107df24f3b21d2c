/** Ends an agent that has no work: a machine that is paid by the hour should not wait for some. */
import type { Step } from './node.ts';
import type { Clock, Timer } from './ports.ts';

export class IdleExit {
  readonly #clock: Clock;
  readonly #milliseconds: number;
  readonly #onIdle: () => void;
  /** Nodes of this agent that have had no work since they were last seen to be idle. */
  readonly #idle = new Set<string>();
  readonly #nodeCount: number;
  #timer: Timer | undefined;

  /** Calls back once, when all nodes have been idle for so long at the same time. A paused node is idle. */
  constructor(clock: Clock, nodeCount: number, minutes: number, onIdle: () => void) {
    this.#clock = clock;
    this.#nodeCount = nodeCount;
    this.#milliseconds = minutes * 60_000;
    this.#onIdle = onIdle;
  }

  /** To be told of each state that a node enters. */
  note(node: string, state: Step['state']): void {
    // A claim without work in its answer is no work.
    if (state === 'claiming') return;
    if (state === 'idle') this.#idle.add(node);
    else this.#idle.delete(node);
    if (this.#idle.size === this.#nodeCount) {
      this.#timer ??= this.#clock.after(this.#milliseconds, this.#onIdle);
    } else {
      this.#timer?.cancel();
      this.#timer = undefined;
    }
  }
}
