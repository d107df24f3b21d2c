/** What can go wrong, and how often in one run. Every fault is drawn from a stream of its own: see `Random.fork`. */
import type { Random } from './random.ts';

/** Each kind with the largest probability that a run draws for it, per occasion. */
export const faultKinds = {
  /** A request never reaches the gateway. */
  'request-lost': 0.05,
  /** A request is served and its answer does not arrive. */
  'answer-lost': 0.05,
  /** A request is served twice; one of the answers arrives. */
  'request-doubled': 0.03,
  /** A function instance dies before a call of it reaches a port. */
  'crash-before': 0.01,
  /** A function instance dies after a call was carried out, before it hears of it. */
  'crash-after': 0.01,
  /** A write is applied and answered with an error: the SDK sends it again, unless it adds. */
  'write-unclear': 0.02,
  /** A call is refused for good because of throttling, or for any other reason that proves nothing was done. */
  throttled: 0.01,
  /** A call takes seconds. */
  slow: 0.01,
  /** Indexes are up to 5 s old, and no two reads agree how old. */
  'index-stale': 1,
  /** Reads of items that are not strong are up to a second old. */
  'read-stale': 1,
  /** A batch of the feed comes again, after it was handled. */
  'feed-doubled': 0.1,
  /** A shard of the feed stands still for up to half a minute. */
  'feed-late': 0.05,
  /** A message of a queue comes twice. */
  'queue-doubled': 0.1,
  /** A message of a queue comes up to a minute late. */
  'queue-late': 0.1,
  'mailbox-lost': 0.2,
  'mailbox-doubled': 0.2,
  'mailbox-late': 0.2,
  /** A tick does not come, or comes twice. */
  'tick-irregular': 0.2,
  /** An agent is killed hard; it starts again at once, within its lease, or long after. */
  'node-crash': 1,
  /** An agent stands still, as a suspended machine does, and goes on later. */
  'node-freeze': 1,
  /** An agent reaches nobody for a while. */
  'node-partition': 1,
  /** Clocks of agents are wrong by up to an hour, those of functions by up to 300 ms. */
  'clock-skew': 1,
  /** Renders fail, end with warnings, or are interrupted. */
  'render-failure': 0.15,
  /** Programs get no licence: their job waits. */
  'licence-lacking': 0.1,
  /** A hook throws, crashes or hangs, before or after what it does; some do so for good. */
  'hook-failure': 0.3,
  /** People give commands at whatever moment it is. */
  commands: 1,
  /** Somebody commands a node or a job at the very moment at which it registers, claims, reports or ends. */
  'timely-command': 0.1,
} as const;

export type FaultKind = keyof typeof faultKinds;
export const allFaults = Object.keys(faultKinds) as FaultKind[];

export class Faults {
  readonly #rates = new Map<FaultKind, number>();
  readonly #streams = new Map<FaultKind, Random>();
  /** How often each kind struck. */
  readonly counts = new Map<FaultKind, number>();
  #isCalm = false;

  /** A part of the kinds that are allowed, at rates of this run's own. */
  constructor(random: Random, allowed: readonly FaultKind[]) {
    const share = random.pick([0.15, 0.3, 0.5, 0.8]);
    for (const kind of allFaults) {
      const stream = random.fork(kind);
      const isChosen = stream.chance(share);
      const rate = faultKinds[kind] * stream.between(0.1, 1);
      this.#streams.set(kind, stream);
      if (isChosen && allowed.includes(kind)) this.#rates.set(kind, rate);
    }
  }

  /** From now on nothing goes wrong any more. */
  calm(): void {
    this.#isCalm = true;
  }

  get isCalm(): boolean {
    return this.#isCalm;
  }

  /** Whether the run has this kind at all. */
  has(kind: FaultKind): boolean {
    return this.#rates.has(kind);
  }

  /** Whether it strikes now. */
  strikes(kind: FaultKind): boolean {
    const rate = this.#isCalm ? undefined : this.#rates.get(kind);
    if (rate === undefined || !this.stream(kind).chance(rate)) return false;
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    return true;
  }

  /** Where the details of a fault are drawn from. */
  stream(kind: FaultKind): Random {
    return this.#streams.get(kind) as Random;
  }
}
