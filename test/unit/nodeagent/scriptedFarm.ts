/**
 * Everything around one node, scripted: the dispatcher's answers, its mailbox, the runs and the time. The node itself is
 * the real state machine.
 */
import assert from 'node:assert/strict';
import { RollcallError, UnreachableError } from '../../../client/src/client.ts';
import type {
  AssignmentKey,
  Capabilities,
  Command,
  DesiredState,
  WorkOrder,
} from '../../../client/src/generated.ts';
import { runNode } from '../../../nodeagent/src/loop.ts';
import type { Exit } from '../../../nodeagent/src/node.ts';
import type {
  CommandAnswer,
  CommandNote,
  CommandNotes,
  Machine,
  MailboxMessage,
  NodeCalls,
  OutboxEntry,
  Output,
  OutputPart,
  Ports,
  ProcessPriority,
  Report,
  Run,
  RunResult,
  SystemCommands,
} from '../../../nodeagent/src/ports.ts';
import { type ErrorCode, errorCodes } from '../../../shared/contract/errorCodes.ts';
import { aDesiredState } from './orders.ts';
import { VirtualClock } from './virtualClock.ts';

type CallName = 'nodeRegister' | keyof NodeCalls;

export interface Call {
  readonly name: CallName;
  readonly token: string;
  // biome-ignore lint/suspicious/noExplicitAny: cases look at single fields of known calls.
  readonly input: any;
}

/** An answer, an error, or none at all. */
type Scripted = object | Error | 'silence';

export const unreachable = (): Error => new UnreachableError('no answer from the dispatcher');

export function refusal(code: ErrorCode): Error {
  const { status, number, retryable, message } = errorCodes[code];
  return new RollcallError(status, { code, number, retryable, message, details: {} });
}

export class ScriptedRun implements Run {
  readonly order: WorkOrder;
  isKilled = false;
  progressNow = 0;
  /** Set to false to keep a killed run alive until `finish`. */
  endsWhenKilled = true;
  readonly ended: Promise<RunResult>;
  readonly #ended = Promise.withResolvers<RunResult>();

  /** What it has written. */
  written = '';
  readonly priorities: ProcessPriority[];

  constructor(order: WorkOrder, priority: ProcessPriority) {
    this.order = order;
    this.priorities = [priority];
    this.ended = this.#ended.promise;
  }

  progress(): number {
    return this.progressNow;
  }

  output(offset: number, most: number): OutputPart {
    return { offset, text: this.written.slice(offset, offset + most) };
  }

  outputLength(): number {
    return this.written.length;
  }

  setPriority(priority: ProcessPriority): void {
    this.priorities.push(priority);
  }

  kill(): void {
    this.isKilled = true;
    if (this.endsWhenKilled) this.finish({ outcome: 'interrupted', exitCode: null });
  }

  finish(result: Partial<RunResult> = {}): void {
    this.#ended.resolve({
      outcome: 'completed',
      exitCode: 0,
      message: '',
      cpuSeconds: 0,
      peakMemoryMb: 0,
      ...result,
    });
  }
}

export class ScriptedFarm {
  readonly calls: Call[] = [];
  readonly said: string[] = [];
  readonly runs: ScriptedRun[] = [];
  readonly clock = new VirtualClock();
  /** Said in every answer that no case has scripted. */
  desired = aDesiredState();
  /** Commands that wait until they are answered. */
  commands: { readonly commandId: string; readonly command: Command }[] = [];
  /** States that the node has entered. */
  readonly states: string[] = [];
  readonly notes = new Map<string, CommandNote>();
  /** Why no command can be noted. */
  noteError: Error | undefined;
  systemCommands: SystemCommands = {};
  /** What Python code answers, once it has run; undefined if it is not allowed. */
  python:
    | ((code: string, timeLimitSeconds: number, signal: AbortSignal) => Promise<CommandAnswer>)
    | undefined;
  readonly woken: string[] = [];
  wakeError: Error | undefined;
  /** How often the machine was measured. */
  measurements = 0;
  exitsAfterJob = false;
  /** Undelivered reports. */
  outbox: OutboxEntry[] = [];
  /** What it takes until an added report is on disk. */
  outboxWrite: Promise<void> = Promise.resolve();
  leftovers: AssignmentKey[] = [];
  readonly uploads: string[] = [];
  readonly discarded: string[] = [];
  readonly kept: string[] = [];
  /** What a receive answers next instead of waiting. */
  readonly mailboxErrors: Error[] = [];
  uploadErrors: Error[] = [];
  connections = 0;
  exit: Exit | undefined;
  readonly #answers = new Map<CallName, Scripted[]>();
  readonly #stop = new AbortController();
  readonly #finish = new AbortController();
  #deliver: ((messages: readonly MailboxMessage[]) => void) | undefined;
  #mail: MailboxMessage[] = [];
  #sessions = 0;
  #crash: unknown;

  /** What the next calls of that name are answered; later ones are answered as if there were no work. */
  answer(name: CallName, ...answers: Scripted[]): void {
    this.#answers.set(name, [...(this.#answers.get(name) ?? []), ...answers]);
  }

  start(): void {
    const settings = {
      name: 'render-1',
      secret: 'a secret of the node',
      pools: ['night'],
      exitsAfterJob: this.exitsAfterJob,
    };
    const endings = { stop: this.#stop.signal, finish: this.#finish.signal };
    runNode(settings, this.#ports(), endings, (state) => this.states.push(state)).then(
      (exit) => {
        this.exit = exit;
      },
      (error) => {
        this.#crash = error;
      },
    );
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Tells the node to leave after its chunk. */
  finish(): void {
    this.#finish.abort();
  }

  /** Gives the node a command, and wakes it. */
  command(commandId: string, command: Command): void {
    this.commands.push({ commandId, command });
    this.change({});
  }

  /** Makes the node something else, and wakes it. */
  change(desired: Partial<DesiredState>): void {
    this.desired = { ...this.desired, ...desired, commandNo: this.desired.commandNo + 1 };
    this.send({ kind: 'converge' });
  }

  /** What the node answered to a command. */
  answered(commandId: string): CommandAnswer[] {
    return this.called('nodeAnswerCommand')
      .filter(({ input }) => input.commandId === commandId)
      .map(({ input: { ok, exitCode, output } }) => ({ ok, exitCode, output }));
  }

  send(...messages: MailboxMessage[]): void {
    this.#mail.push(...messages);
    if (this.#deliver !== undefined) this.#deliver(this.#mail.splice(0));
  }

  called(name: CallName): Call[] {
    return this.calls.filter((call) => call.name === name);
  }

  /** Lets time pass until the condition holds. */
  async until(condition: () => unknown): Promise<void> {
    for (let rounds = 0; rounds < 5_000; rounds += 1) {
      await this.clock.settle();
      if (this.#crash !== undefined) throw this.#crash;
      if (condition()) return;
      this.clock.toNextTimer();
    }
    assert.fail(`${condition} never held; calls: ${this.calls.map(({ name }) => name).slice(-20)}`);
  }

  /** Lets so many seconds pass. */
  async pass(seconds: number): Promise<void> {
    await this.clock.pass(seconds * 1_000);
    if (this.#crash !== undefined) throw this.#crash;
  }

  /** Starts the node and waits until it is idle. */
  async startIdle(): Promise<void> {
    this.start();
    await this.until(() => this.called('nodeClaim').length === 1);
    await this.clock.settle();
  }

  /** Starts the node and waits until it runs the order. */
  async startWorking(order: WorkOrder): Promise<ScriptedRun> {
    this.answer('nodeClaim', { work: order, desired: this.desired });
    this.start();
    return this.nextRun();
  }

  /** Waits for a run that no case has seen yet. */
  async nextRun(): Promise<ScriptedRun> {
    const seen = this.#seenRuns;
    this.#seenRuns += 1;
    await this.until(() => this.runs.length > seen);
    return this.runs[seen] as ScriptedRun;
  }
  #seenRuns = 0;

  async #call(name: CallName, token: string, input: unknown): Promise<unknown> {
    this.calls.push({ name, token, input });
    const scripted = this.#answers.get(name)?.shift();
    if (name === 'nodeAnswerCommand' && scripted === undefined) {
      const { commandId } = input as { commandId: string };
      this.commands = this.commands.filter((command) => command.commandId !== commandId);
    }
    if (scripted === 'silence') return new Promise(() => {});
    if (scripted instanceof Error) throw scripted;
    return scripted ?? this.#usual(name);
  }

  #usual(name: CallName): object {
    const { desired } = this;
    switch (name) {
      case 'nodeRegister':
        this.#sessions += 1;
        return { nodeId: 3, session: `s${this.#sessions}`, token: `t${this.#sessions}`, desired };
      case 'nodeClaim':
      case 'nodeReport':
        return { work: null, desired };
      case 'nodeHeartbeat':
        return { desired, hasWork: false };
      case 'nodeMailboxCredentials':
        return this.#credentials();
      case 'nodeUploadLog':
        return { url: 'http://storage/log', maximumBytes: 1_000 };
      case 'nodeFetchCommands':
        return { commands: this.commands };
      case 'nodeSendLog':
      case 'nodeUpdate':
      case 'nodeAnswerCommand':
      case 'nodeLeave':
        return {};
    }
  }

  #credentials(): Output<'nodeMailboxCredentials'> {
    return {
      queueUrl: 'http://queue/3',
      endpoint: null,
      region: 'eu-central-1',
      accessKeyId: 'id',
      secretAccessKey: 'key',
      sessionToken: 'session',
      expiresAt: new Date(this.clock.now() + 3_600_000).toISOString(),
    };
  }

  #capabilities(): Capabilities {
    return {
      host: 'machine',
      platform: 'linux',
      architecture: 'x64',
      cores: 4,
      threads: 8,
      speedMhz: 3_000,
      memoryMb: 16_000,
      agentVersion: '0.1.0',
      software: [{ name: 'povray', version: `3.7.${this.measurements}` }],
      interfaces: [],
    };
  }

  #machine(): Machine {
    return {
      capabilities: this.#capabilities(),
      measure: async () => {
        this.measurements += 1;
        return this.#capabilities();
      },
      load: async () => ({ cpu: 50, freeMemoryMb: 8_000, freeDiskMb: 90_000 }),
      systemCommands: this.systemCommands,
      runPython: this.python,
      wake: async (mac, broadcastAddress) => {
        if (this.wakeError !== undefined) throw this.wakeError;
        this.woken.push(`${mac} by ${broadcastAddress}`);
      },
    };
  }

  #commandNotes(): CommandNotes {
    return {
      find: (commandId) => this.notes.get(commandId),
      begin: (commandId) => {
        if (this.noteError !== undefined) throw this.noteError;
        this.notes.set(commandId, { state: 'begun' });
      },
      keepAnswer: (commandId, answer) => void this.notes.set(commandId, { state: 'carried-out', answer }),
      settle: (commandId) => void this.notes.set(commandId, { state: 'answered' }),
    };
  }

  #ports(): Ports {
    const call = (name: CallName, token: string) => (input: unknown) => this.#call(name, token, input);
    return {
      dispatcher: {
        register: call('nodeRegister', 'join') as Ports['dispatcher']['register'],
        connect: (token) =>
          ({
            nodeClaim: call('nodeClaim', token),
            nodeHeartbeat: call('nodeHeartbeat', token),
            nodeReport: call('nodeReport', token),
            nodeMailboxCredentials: call('nodeMailboxCredentials', token),
            nodeUploadLog: call('nodeUploadLog', token),
            nodeSendLog: call('nodeSendLog', token),
            nodeUpdate: call('nodeUpdate', token),
            nodeFetchCommands: call('nodeFetchCommands', token),
            nodeAnswerCommand: call('nodeAnswerCommand', token),
            nodeLeave: call('nodeLeave', token),
          }) as NodeCalls,
      },
      mailbox: {
        connect: () => {
          this.connections += 1;
          return { receive: (signal) => this.#receive(signal), close: () => {} };
        },
      },
      runner: {
        start: (order, priority) => {
          const run = new ScriptedRun(order, priority);
          this.runs.push(run);
          return run;
        },
      },
      outbox: {
        entries: () => [...this.outbox],
        add: async (report: Report) => {
          const entry = { number: (this.outbox.at(-1)?.number ?? 0) + 1, report };
          this.outbox.push(entry);
          await this.outboxWrite;
          return entry;
        },
        remove: async (entry) => {
          this.outbox = this.outbox.filter((other) => other !== entry);
        },
      },
      logs: {
        leftovers: () => this.leftovers,
        hasThumbnail: () => false,
        upload: async ({ token }) => {
          const error = this.uploadErrors.shift();
          if (error !== undefined) throw error;
          this.uploads.push(token);
        },
        discard: async ({ token }) => void this.discarded.push(token),
        keep: async ({ token }) => void this.kept.push(token),
      },
      commandNotes: this.#commandNotes(),
      machine: this.#machine(),
      clock: this.clock,
      random: () => 0.5,
      say: (line) => this.said.push(line),
    };
  }

  /** Waits for mail as SQS does: 20 seconds at most. */
  #receive(signal: AbortSignal): Promise<readonly MailboxMessage[]> {
    const error = this.mailboxErrors.shift();
    if (error !== undefined) return Promise.reject(error);
    if (this.#mail.length > 0) return Promise.resolve(this.#mail.splice(0));
    return new Promise((resolve, reject) => {
      const deliver = (messages: readonly MailboxMessage[]): void => {
        timer.cancel();
        this.#deliver = undefined;
        resolve(messages);
      };
      const timer = this.clock.after(20_000, () => deliver([]));
      this.#deliver = deliver;
      signal.addEventListener('abort', () => {
        timer.cancel();
        if (this.#deliver === deliver) this.#deliver = undefined;
        reject(new Error('aborted'));
      });
    });
  }
}
