/**
 * All that the state machine needs from outside. `loop.ts` and `states/` reach the world through these only, so that
 * the very same state machine runs in virtual time with every port replaced. The real ones: `machinePorts.ts`.
 */
import type { Client } from '../../client/src/client.ts';
import type {
  AssignmentKey,
  Capabilities,
  Command,
  DesiredState,
  Operations,
  WorkOrder,
} from '../../client/src/generated.ts';

export type Input<N extends keyof Operations> = Operations[N]['input'];
export type Output<N extends keyof Operations> = Operations[N]['output'];

/** What a node calls with its own token. */
export type NodeCalls = Pick<
  Client,
  | 'nodeClaim'
  | 'nodeHeartbeat'
  | 'nodeReport'
  | 'nodeMailboxCredentials'
  | 'nodeUploadLog'
  | 'nodeSendLog'
  | 'nodeUpdate'
  | 'nodeFetchCommands'
  | 'nodeAnswerCommand'
  | 'nodeLeave'
>;

export type ProcessPriority = DesiredState['processPriority'];
export type SystemEvent = Extract<Command, { kind: 'system-event' }>['event'];
export type CommandAnswer = Pick<Input<'nodeAnswerCommand'>, 'ok' | 'exitCode' | 'output'>;

/** Each call is one try: when to repeat is decided by the state machine. */
export interface Dispatcher {
  /** Registers with the join token. */
  register(input: Input<'nodeRegister'>): Promise<Output<'nodeRegister'>>;
  connect(nodeToken: string): NodeCalls;
}

/** A message as it came; kinds that this agent does not know are ignored. */
export interface MailboxMessage {
  readonly kind: string;
  readonly token?: string;
}

export interface Mailbox {
  connect(credentials: Output<'nodeMailboxCredentials'>): MailboxConnection;
}

export interface MailboxConnection {
  /**
   * Waits up to 20 s for messages; each is deleted before it is handed out. Throws `MailboxDeniedError` when the
   * credentials are not accepted, any other error when the mailbox cannot be reached.
   */
  receive(signal: AbortSignal): Promise<readonly MailboxMessage[]>;
  close(): void;
}

/** The mailbox refuses the credentials: fresh ones may help. */
export class MailboxDeniedError extends Error {
  override readonly name = 'MailboxDeniedError';
}

/** How an attempt ended, without the session: what a report says whichever session delivers it. */
export type Report = Omit<Input<'nodeReport'>, 'session' | 'wantsNext'>;

export interface RunResult extends Pick<Report, 'outcome' | 'exitCode'> {
  readonly message: string;
  /** Of one that was interrupted: its program got no licence. */
  readonly lacksLicence?: boolean;
  readonly cpuSeconds: number;
  readonly peakMemoryMb: number;
}

export interface Runner {
  /** Never throws: whatever hinders a run is its result. */
  start(order: WorkOrder, priority: ProcessPriority): Run;
}

export interface Run {
  /** Never rejects. Resolves when the whole process tree is gone and the log is closed. */
  readonly ended: Promise<RunResult>;
  /** From 0 to 1, as the output said last. */
  progress(): number;
  /** What is kept of the output from a character on, at most so many; later, if what comes there is kept no more. */
  output(from: number, most: number): OutputPart;
  /** Characters of output so far. */
  outputLength(): number;
  /** Gives the process, with all that it started, another priority. What hinders it is said; the run goes on. */
  setPriority(priority: ProcessPriority): void;
  /** Stops the whole process tree; `ended` follows, as `interrupted` unless the run had ended by itself. */
  kill(): void;
}

export interface OutputPart {
  /** Characters of output before the text. */
  readonly offset: number;
  readonly text: string;
}

/** Reports not yet delivered, oldest first. Kept in memory also when the disk is full. */
export interface Outbox {
  entries(): readonly OutboxEntry[];
  /** Resolves when the report is on disk, or when it is known that it cannot be. Never rejects. */
  add(report: Report): Promise<OutboxEntry>;
  /** Never rejects: an entry that stays on disk is refused by the dispatcher later and does no harm. */
  remove(entry: OutboxEntry): Promise<void>;
}

export interface OutboxEntry {
  /** Grows from one entry to the next. */
  readonly number: number;
  readonly report: Report;
}

/** Output of attempts, waiting to be uploaded. */
export interface RunLogs {
  /** Attempts whose output an earlier run of the agent left behind. */
  leftovers(): readonly AssignmentKey[];
  /** Whether there is a picture to upload besides. */
  hasThumbnail(attempt: AssignmentKey): boolean;
  /** Sends the output of an attempt, and its picture; nothing is sent of what there is none. Throws when it did not arrive. */
  upload(attempt: AssignmentKey, link: Output<'nodeUploadLog'>): Promise<void>;
  /** Forgets the output of an attempt that was uploaded. Never rejects. */
  discard(attempt: AssignmentKey): Promise<void>;
  /** The output will not be uploaded any more; it stays for people to look at, within bounds. Never rejects. */
  keep(attempt: AssignmentKey): Promise<void>;
}

/** What became of the commands of the last hour, on disk, so that none is begun twice. */
export interface CommandNotes {
  /** Undefined for a command that was never begun. */
  find(commandId: string): CommandNote | undefined;
  /** On disk when it returns; throws if it cannot be. */
  begin(commandId: string): void;
  /** What is to be answered, by a later agent if need be. Never throws. */
  keepAnswer(commandId: string, answer: CommandAnswer): void;
  /** The dispatcher has the answer. Never throws. */
  settle(commandId: string): void;
}

export type CommandNote =
  | { readonly state: 'begun' }
  | { readonly state: 'carried-out'; readonly answer: CommandAnswer }
  | { readonly state: 'answered' };

export interface Machine {
  /** As measured last. */
  readonly capabilities: Capabilities;
  /** Measures the capabilities afresh; takes some seconds at most. */
  measure(): Promise<Capabilities>;
  load(): Promise<Input<'nodeHeartbeat'>['load']>;
  /** What the operator configured to be run for system events. */
  readonly systemCommands: SystemCommands;
  /** Undefined unless the operator allowed it. Ends the program when the time is up or the signal is aborted. */
  readonly runPython:
    | ((code: string, timeLimitSeconds: number, signal: AbortSignal) => Promise<CommandAnswer>)
    | undefined;
  /** Sends a magic packet. Throws if it cannot be sent; whether it wakes anybody is not known. */
  wake(mac: string, broadcastAddress: string): Promise<void>;
}

/** Program and arguments of each event; an event without any is not carried out. */
export type SystemCommands = Readonly<Partial<Record<SystemEvent, readonly string[]>>>;

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back once after so many milliseconds, unless it is cancelled before. */
  after(milliseconds: number, callback: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

export interface Ports {
  readonly dispatcher: Dispatcher;
  readonly mailbox: Mailbox;
  readonly runner: Runner;
  readonly outbox: Outbox;
  readonly logs: RunLogs;
  readonly commandNotes: CommandNotes;
  readonly machine: Machine;
  readonly clock: Clock;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** One line for the people who run the node. Never given a secret. */
  say(line: string): void;
}
