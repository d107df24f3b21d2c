/** The rhythm of the heartbeats: one at a time, all through a session, whatever state the node is in. */
import { backOffMs } from './backOff.ts';
import type { Ports, Timer } from './ports.ts';

export class Pulse {
  readonly #ports: Ports;
  readonly #beat: () => Promise<boolean>;
  readonly #intervalSeconds: () => number;
  #timer: Timer | undefined;
  #beating = false;
  #again = false;
  #failures = 0;
  #stopped = false;

  /** `beat` sends one heartbeat and says whether it was answered. */
  constructor(ports: Ports, beat: () => Promise<boolean>, intervalSeconds: () => number) {
    this.#ports = ports;
    this.#beat = beat;
    this.#intervalSeconds = intervalSeconds;
    this.rearm();
  }

  /** Counts the interval anew: it has changed, and the call that said so has renewed the lease. */
  rearm(): void {
    this.#timer?.cancel();
    if (this.#stopped || this.#beating) return;
    this.#timer = this.#ports.clock.after(this.#nextMs(), () => this.now());
  }

  /** Sends a heartbeat at once; if one is under way, another after it, since that one may have been answered before. */
  now(): void {
    if (this.#stopped) return;
    this.#again = true;
    if (!this.#beating) void this.#run();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  async #run(): Promise<void> {
    this.#beating = true;
    while (this.#again && !this.#stopped) {
      this.#again = false;
      this.#failures = (await this.#beat()) ? 0 : this.#failures + 1;
    }
    this.#beating = false;
    this.rearm();
  }

  /**
   * The interval ± 10 %, so that nodes started together drift apart; sooner after a failure, because a lease is only
   * three intervals long.
   */
  #nextMs(): number {
    const intervalMs = this.#intervalSeconds() * 1_000 * (0.9 + this.#ports.random() / 5);
    return this.#failures === 0
      ? intervalMs
      : Math.min(intervalMs, backOffMs(this.#ports, this.#failures + 2));
  }
}
