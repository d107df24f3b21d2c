/**
 * All that the state machine needs from outside. `loop.ts` and `states/` reach the world through these only, so that
 * the very same state machine runs in virtual time with every port replaced. The real ones: `machinePorts.ts`.
 */
import type { Client } from '../../client/src/client.ts';
import type { AssignmentKey, Capabilities, Operations, WorkOrder } from '../../client/src/generated.ts';

export type Input<N extends keyof Operations> = Operations[N]['input'];
export type Output<N extends keyof Operations> = Operations[N]['output'];

/** What a node calls with its own token. */
export type NodeCalls = Pick<
  Client,
  'nodeClaim' | 'nodeHeartbeat' | 'nodeReport' | 'nodeMailboxCredentials' | 'nodeUploadLog' | 'nodeLeave'
>;

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
  readonly cpuSeconds: number;
  readonly peakMemoryMb: number;
}

export interface Runner {
  /** Never throws: whatever hinders a run is its result. */
  start(order: WorkOrder): Run;
}

export interface Run {
  /** Never rejects. Resolves when the whole process tree is gone and the log is closed. */
  readonly ended: Promise<RunResult>;
  /** From 0 to 1, as the output said last. */
  progress(): number;
  /** Stops the whole process tree; `ended` follows, as `interrupted` unless the run had ended by itself. */
  kill(): void;
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
  /** Sends the output of an attempt; nothing is sent if there is none. Throws when it did not arrive. */
  upload(attempt: AssignmentKey, link: Output<'nodeUploadLog'>): Promise<void>;
  /** Forgets the output of an attempt that was uploaded. Never rejects. */
  discard(attempt: AssignmentKey): Promise<void>;
  /** The output will not be uploaded any more; it stays for people to look at, within bounds. Never rejects. */
  keep(attempt: AssignmentKey): Promise<void>;
}

export interface Machine {
  readonly capabilities: Capabilities;
  load(): Promise<Input<'nodeHeartbeat'>['load']>;
}

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
  readonly machine: Machine;
  readonly clock: Clock;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** One line for the people who run the node. Never given a secret. */
  say(line: string): void;
}
