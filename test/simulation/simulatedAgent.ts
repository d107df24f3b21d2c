/**
 * A render node: the agent's own state machine with every port in virtual time. What is on its disk outlives a crash,
 * everything else does not.
 */
import type { AssignmentKey, Operations } from '../../client/src/generated.ts';
import { runNode } from '../../nodeagent/src/loop.ts';
import type {
  CommandNote,
  NodeCalls,
  OutboxEntry,
  Ports,
  Run,
  RunResult,
} from '../../nodeagent/src/ports.ts';
import { MailboxDeniedError } from '../../nodeagent/src/ports.ts';
import type { Faults } from './faults.ts';
import type { Gateway } from './gateway.ts';
import type { Random } from './random.ts';
import type { SimulatedQueues } from './simulatedQueues.ts';
import type { VirtualTime } from './virtualTime.ts';

/** What is told of agents to those who compare it with what the dispatcher believes. */
export interface AgentWitness {
  /** A process has run to its end, however; nobody else can end the attempt so. */
  rendered(attempt: AssignmentKey, result: RunResult): void;
  /** The dispatcher has accepted a report. */
  acknowledged(attempt: AssignmentKey, outcome: RunResult['outcome']): void;
  /** An agent opens a session, maybe while it runs something. */
  registers(name: string, runningToken: string | undefined): void;
  trace(line: () => string): void;
}

export interface AgentSettings {
  readonly name: string;
  readonly pools: readonly string[];
  readonly cores: number;
  readonly joinToken: string;
  /** Mean duration of a render. */
  readonly renderMs: number;
}

export interface World {
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly random: Random;
  readonly gateway: Gateway;
  readonly queues: SimulatedQueues;
  readonly witness: AgentWitness;
  /** Told of each call as it is sent, with the attempt that it is about. */
  readonly onCall: (operation: string, attempt: AssignmentKey | undefined) => void;
}

/** What a supervisor waits before it starts an agent again that ended by itself. */
const SUPERVISOR_MS = 10_000;
/** Longest mean duration of a render in calm. */
const CALM_RENDER_MS = 5_000;

export class SimulatedAgent {
  readonly settings: AgentSettings;
  readonly #world: World;
  readonly #outbox: OutboxEntry[] = [];
  readonly #notes = new Map<string, CommandNote>();
  #reports = 0;
  #life: Life | undefined;
  #partitionedUntil = 0;

  constructor(settings: AgentSettings, world: World) {
    this.settings = settings;
    this.#world = world;
  }

  get isRunning(): boolean {
    return this.#life !== undefined && !this.#life.isOver;
  }

  /** Token of the attempt that it runs now. */
  get runningToken(): string | undefined {
    return this.#life?.runningToken;
  }

  get isReachable(): boolean {
    return this.#world.time.now() >= this.#partitionedUntil;
  }

  /** Whether it has something that it did not yet deliver. */
  get hasReports(): boolean {
    return this.#outbox.length > 0;
  }

  start(): void {
    if (this.isRunning) return;
    const { time, faults } = this.#world;
    const skew = faults.has('clock-skew') ? faults.stream('clock-skew').between(-3_600_000, 3_600_000) : 0;
    const life = new Life(time, Math.round(skew));
    this.#life = life;
    const endings = { stop: life.stop.signal, finish: life.finish.signal };
    runNode(
      {
        name: this.settings.name,
        secret: `secret-of-${this.settings.name}-0000000000`,
        pools: this.settings.pools,
        exitsAfterJob: false,
      },
      this.#ports(life),
      endings,
      () => {},
    ).then(
      (exit) => {
        if (life.isOver) return;
        life.end();
        this.#world.witness.trace(() => `${this.settings.name}: ${exit.text}`);
        time.after(SUPERVISOR_MS, () => this.start());
      },
      // An error of the agent itself ends the run: it is a finding.
      (error: unknown) => time.fail(error),
    );
  }

  /** Kills the agent and what it renders, at once. */
  crash(): void {
    this.#life?.end();
  }

  /** Leaves on purpose, as on SIGTERM. */
  leave(): void {
    this.#life?.stop.abort();
  }

  freeze(milliseconds: number): void {
    this.#life?.freeze(milliseconds);
  }

  thaw(): void {
    this.#life?.thaw();
  }

  partition(milliseconds: number): void {
    this.#partitionedUntil = this.#world.time.now() + milliseconds;
  }

  #ports(life: Life): Ports {
    const { time, random, gateway, queues, witness, onCall } = this.#world;
    const { joinToken, name } = this.settings;
    const isReachable = (): boolean => this.isReachable && !life.isOver;
    const calls = (token: string): NodeCalls =>
      new Proxy({} as NodeCalls, {
        get: (_target, name) => (input: never) => {
          const operation = name as keyof NodeCalls;
          const { attempt, outcome } = input as Partial<Operations['nodeReport']['input']>;
          onCall(operation, attempt);
          return life.enter(
            gateway.call(operation, token, input, isReachable).then((answer) => {
              if (operation === 'nodeReport' && attempt !== undefined && outcome !== undefined)
                witness.acknowledged(attempt, outcome);
              return answer;
            }),
          );
        },
      });
    return {
      dispatcher: {
        register: (input) => {
          onCall('nodeRegister', undefined);
          witness.registers(name, life.runningToken);
          return life.enter(gateway.call('nodeRegister', joinToken, input, isReachable));
        },
        connect: calls,
      },
      mailbox: {
        connect: ({ queueUrl, expiresAt }) => ({
          receive: async () => {
            await time.pause(random.between(2, 20));
            if (time.now() > Date.parse(expiresAt))
              throw new MailboxDeniedError('the credentials have expired');
            const received = isReachable() ? queues.receive(queueUrl) : undefined;
            if (received === undefined) {
              await life.enter(time.pause(5_000));
              throw new Error('the mailbox cannot be reached');
            }
            const bodies = await life.enter(received);
            return bodies.map((body) => JSON.parse(body));
          },
          close: () => {},
        }),
      },
      runner: { start: (order) => this.#run(life, order.assignment) },
      outbox: {
        entries: () => [...this.#outbox],
        add: async (report) => {
          this.#reports += 1;
          const entry = { number: this.#reports, report };
          this.#outbox.push(entry);
          return entry;
        },
        remove: async (entry) => {
          const position = this.#outbox.indexOf(entry);
          if (position !== -1) this.#outbox.splice(position, 1);
        },
      },
      logs: {
        leftovers: () => [],
        hasThumbnail: () => false,
        upload: async () => {},
        discard: async () => {},
        keep: async () => {},
      },
      commandNotes: {
        find: (id) => this.#notes.get(id),
        begin: (id) => void this.#notes.set(id, { state: 'begun' }),
        keepAnswer: (id, answer) => void this.#notes.set(id, { state: 'carried-out', answer }),
        settle: (id) => void this.#notes.set(id, { state: 'answered' }),
      },
      machine: {
        capabilities: this.#capabilities(),
        measure: async () => this.#capabilities(),
        load: async () => ({ cpu: 10, freeMemoryMb: 16_000, freeDiskMb: 100_000 }),
        systemCommands: { reboot: ['reboot'] },
        runPython: undefined,
        wake: async () => {},
      },
      clock: {
        now: () => time.now() + life.skewMs,
        after: (milliseconds, callback) => {
          const cancel = time.after(milliseconds, () => life.gate(callback));
          return { cancel };
        },
      },
      random: () => random.next(),
      say: (line) => witness.trace(() => `${name}: ${line}`),
    };
  }

  #capabilities(): Ports['machine']['capabilities'] {
    return {
      host: this.settings.name,
      platform: 'linux',
      architecture: 'x64',
      cores: this.settings.cores,
      threads: this.settings.cores,
      speedMhz: 3_000,
      memoryMb: 32_768,
      agentVersion: '0.1.0',
      software: [],
      interfaces: [],
    };
  }

  #run(life: Life, attempt: AssignmentKey): Run {
    const { time, faults, random, witness } = this.#world;
    const { promise: ended, resolve } = Promise.withResolvers<RunResult>();
    let isEnded = false;
    const end = (outcome: RunResult['outcome'], lacksLicence = false): void => {
      if (isEnded) return;
      isEnded = true;
      if (life.runningToken === attempt.token) life.runningToken = undefined;
      const exitCode = outcome === 'failed' ? 1 : 0;
      const result = { outcome, exitCode, message: '', cpuSeconds: 1, peakMemoryMb: 100, lacksLicence };
      witness.rendered(attempt, result);
      resolve(result);
    };
    life.runningToken = attempt.token;
    const failure = faults.stream('render-failure');
    const outcome = faults.strikes('render-failure')
      ? failure.pick(['failed', 'failed', 'warning', 'timed-out', 'interrupted'] as const)
      : 'completed';
    const lacksLicence = faults.strikes('licence-lacking');
    const { renderMs } = this.settings;
    // In calm what is left is rendered quickly: nothing new comes of waiting for it.
    time.after(random.exponential(faults.isCalm ? Math.min(renderMs, CALM_RENDER_MS) : renderMs), () =>
      life.gate(() => {
        if (faults.isCalm) end('completed');
        else if (lacksLicence) end('interrupted', true);
        else end(outcome);
      }),
    );
    return {
      ended,
      progress: () => 0.5,
      output: (offset) => ({ offset, text: '' }),
      outputLength: () => 0,
      setPriority: () => {},
      kill: () => void time.after(random.between(10, 3_000), () => life.gate(() => end('interrupted'))),
    };
  }
}

/** One run of the agent's process: nothing reaches it after its end, and nothing while it stands still. */
class Life {
  readonly stop = new AbortController();
  readonly finish = new AbortController();
  readonly skewMs: number;
  readonly #time: VirtualTime;
  #waiting: (() => void)[] = [];
  #isFrozen = false;
  #isOver = false;
  runningToken: string | undefined;

  constructor(time: VirtualTime, skewMs: number) {
    this.#time = time;
    this.skewMs = skewMs;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  end(): void {
    this.#isOver = true;
    this.runningToken = undefined;
  }

  freeze(milliseconds: number): void {
    this.#isFrozen = true;
    this.#time.after(milliseconds, () => this.thaw());
  }

  thaw(): void {
    if (!this.#isFrozen) return;
    this.#isFrozen = false;
    for (const run of this.#waiting.splice(0)) this.gate(run);
  }

  gate(run: () => void): void {
    if (this.#isOver) return;
    if (this.#isFrozen) this.#waiting.push(run);
    else run();
  }

  /** An answer from outside, as the process comes to see it. */
  enter<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      answer.then(
        (value) => this.gate(() => resolve(value)),
        (error: unknown) => this.gate(() => reject(error)),
      );
    });
  }
}
