/**
 * Function instances as Lambda runs them: each has its own caches and clock, serves one call at a time or, as the local
 * dispatcher does, many at once; a crash ends all that it was doing, without a word, and a new one starts cold.
 */
import type { Faults } from './faults.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtualTime.ts';

/** The instance died, or gave up after its time limit; whoever called does not learn what was done. */
export class InstanceDiedError extends Error {
  override readonly name = 'InstanceDiedError';
}

/** A call proves that it had no effect. What the SDK throws when its own repetitions are used up. */
export class RefusedError extends Error {
  override readonly name = 'ThrottlingException';
}

/** Hot functions end after so long; see the bounds of the design. */
const TIME_LIMIT_MS = 25_000;

/** A promise of its own each time: what waits for one that is shared is kept for as long as that one. */
const forever = (): Promise<never> => new Promise(() => {});

export class Instance {
  readonly clock: { now(): number };
  readonly #time: VirtualTime;
  readonly #faults: Faults;
  readonly #random: Random;
  readonly #calls = new Set<(error: Error) => void>();
  #isDead = false;

  constructor(time: VirtualTime, faults: Faults, random: Random) {
    this.#time = time;
    this.#faults = faults;
    this.#random = random;
    const skew = faults.has('clock-skew') ? faults.stream('clock-skew').between(-300, 300) : 0;
    this.clock = { now: () => time.now() + Math.round(skew) };
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  get load(): number {
    return this.#calls.size;
  }

  /** One invocation. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancel = this.#time.after(TIME_LIMIT_MS, () => this.die());
      const fail = (error: unknown): void => {
        cancel();
        this.#calls.delete(fail);
        reject(error);
      };
      this.#calls.add(fail);
      // What throws before it waits is over too.
      (async () => work())().then((value) => {
        if (this.#isDead) return;
        cancel();
        this.#calls.delete(fail);
        resolve(value);
      }, fail);
    });
  }

  die(): void {
    this.#isDead = true;
    for (const fail of [...this.#calls]) fail(new InstanceDiedError('the function instance died'));
  }

  /**
   * A call of something outside: it takes time, and may fail in every way that the service documents. `repeat` says what
   * a write that was applied but not answered comes to: sent again, or an error of the caller's own kind.
   */
  async port<T>(call: () => Promise<T>, repeat?: (call: () => Promise<T>) => Promise<T>): Promise<T> {
    await this.#time.pause(this.#latency());
    if (this.#isDead || this.#dies('crash-before')) return forever();
    if (this.#faults.strikes('throttled')) throw new RefusedError('the service refused the call');
    let result = await call();
    if (this.#dies('crash-after')) return forever();
    if (repeat !== undefined && this.#faults.strikes('write-unclear')) {
      await this.#time.pause(this.#latency());
      if (this.#isDead) return forever();
      result = await repeat(call);
    }
    return result;
  }

  #dies(kind: 'crash-before' | 'crash-after'): boolean {
    if (!this.#faults.strikes(kind)) return false;
    this.die();
    return true;
  }

  #latency(): number {
    if (this.#faults.strikes('slow')) return this.#faults.stream('slow').between(500, 15_000);
    return this.#random.between(1, 12);
  }
}

/** All instances of the dispatcher; each can serve whatever comes. */
export class Lambdas<Handlers> {
  readonly #instances: { readonly instance: Instance; readonly handlers: Handlers }[] = [];
  readonly #make: (instance: Instance) => Handlers;
  readonly #newInstance: () => Instance;
  readonly #callsAtOnce: number;
  readonly #onThrow: (error: unknown) => void;

  constructor(options: {
    readonly time: VirtualTime;
    readonly faults: Faults;
    readonly random: Random;
    readonly callsAtOnce: number;
    readonly make: (instance: Instance) => Handlers;
    /** Told what a handler threw that did not die. */
    readonly onThrow: (error: unknown) => void;
  }) {
    this.#onThrow = options.onThrow;
    this.#make = options.make;
    this.#callsAtOnce = options.callsAtOnce;
    this.#newInstance = () => new Instance(options.time, options.faults, options.random);
  }

  /** Serves one call on an instance that has room, or on a new one. */
  async invoke<T>(work: (handlers: Handlers) => Promise<T>): Promise<T> {
    let found = this.#instances.find(({ instance }) => !instance.isDead && instance.load < this.#callsAtOnce);
    if (found === undefined) {
      const instance = this.#newInstance();
      found = { instance, handlers: this.#make(instance) };
      const grave = this.#instances.findIndex((other) => other.instance.isDead);
      if (grave === -1) this.#instances.push(found);
      else this.#instances[grave] = found;
    }
    const { instance, handlers } = found;
    try {
      return await instance.run(() => work(handlers));
    } catch (error) {
      if (!(error instanceof InstanceDiedError)) this.#onThrow(error);
      throw error;
    }
  }
}
