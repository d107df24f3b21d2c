/** One session with the dispatcher: desired state, heartbeats and mailbox, from register until it is closed. */
import type { DesiredState } from '../../client/src/generated.ts';
import type { EventQueue } from './events.ts';
import { listen } from './listening.ts';
import type { MailboxMessage, NodeCalls, Output, Ports } from './ports.ts';
import { Pulse } from './pulse.ts';
import { ask, type Failure } from './verdict.ts';

/** The attempt that the node has, until its report is answered. */
export interface Held {
  readonly token: string;
  progress(): number;
}

export class Session {
  readonly id: string;
  readonly calls: NodeCalls;
  readonly openedAt: number;
  readonly #ports: Ports;
  readonly #events: EventQueue;
  readonly #held: () => Held | undefined;
  readonly #onCommands: () => void;
  readonly #closing = new AbortController();
  readonly #pulse: Pulse;
  #desired: DesiredState;
  #farmRevision: number;
  #isAnswered = true;

  constructor(
    ports: Ports,
    events: EventQueue,
    opened: Output<'nodeRegister'>,
    held: () => Held | undefined,
    onCommands: () => void,
    knownRevision: number,
  ) {
    this.id = opened.session;
    this.calls = ports.dispatcher.connect(opened.token);
    this.openedAt = ports.clock.now();
    this.#ports = ports;
    this.#events = events;
    this.#held = held;
    this.#onCommands = onCommands;
    this.#desired = opened.desired;
    this.#farmRevision = Math.max(knownRevision, opened.desired.farmRevision);
    this.#pulse = new Pulse(
      ports,
      () => this.#beat(),
      () => this.#desired.heartbeatSeconds,
    );
    void listen({
      ports,
      calls: this.calls,
      session: this.id,
      signal: this.#closing.signal,
      onMessage: (message) => this.#receive(message),
      onSessionLost: (failure) => this.#lose(failure),
    });
  }

  get desired(): DesiredState {
    return this.#desired;
  }

  /** The highest that any answer has told: a dispatcher that has not heard of the last one yet tells a lower one. */
  get farmRevision(): number {
    return this.#farmRevision;
  }

  /** Answers overtake each other: one that knows fewer commands is older and changes nothing. */
  adopt(desired: DesiredState): void {
    const before = this.#desired;
    if (desired.commandNo < before.commandNo) return;
    this.#desired = desired;
    if (desired.heartbeatSeconds !== before.heartbeatSeconds) this.#pulse.rearm();
    if (desired.paused !== before.paused) {
      this.#ports.say(desired.paused ? 'paused' : 'not paused any more');
    }
    if (
      desired.paused !== before.paused ||
      desired.processPriority !== before.processPriority ||
      desired.realtimeLog !== before.realtimeLog
    ) {
      this.#events.push({ kind: 'desired-changed' });
    }
    if (desired.commandNo > before.commandNo) this.#onCommands();
    if (desired.farmRevision > this.#farmRevision) {
      this.#farmRevision = desired.farmRevision;
      this.#ports.say('the farm was restarted: registers again, after the chunk that runs');
      this.#events.push({ kind: 'soft-restart' });
    }
  }

  /** Sends a heartbeat now. */
  beat(): void {
    this.#pulse.now();
  }

  /** No event comes from a closed session; answers under way are dropped. */
  close(): void {
    this.#closing.abort();
    this.#pulse.stop();
  }

  async #beat(): Promise<boolean> {
    const held = this.#held();
    const load = await this.#ports.machine.load();
    const answer = await ask(() =>
      this.calls.nodeHeartbeat({
        session: this.id,
        attemptToken: held?.token ?? null,
        progress: held?.progress() ?? 0,
        load,
      }),
    );
    if (this.#closing.signal.aborted) return true;
    // A heartbeat that is refused as such says nothing of the attempt: the render is worth more than the lease.
    const isLost = !answer.ok && (answer.verdict === 'later' || answer.verdict === 'refused');
    if (isLost && this.#isAnswered) this.#ports.say(`heartbeat not accepted: ${answer.reason}`);
    if (!isLost && !this.#isAnswered) this.#ports.say('heartbeats are accepted again');
    this.#isAnswered = !isLost;
    if (isLost) return false;
    // An answer that is late names the attempt that it is about: states know whether they still have it.
    if (answer.ok) {
      this.adopt(answer.value.desired);
      if (answer.value.hasWork && held === undefined) this.#events.push({ kind: 'work-waits' });
    } else if (answer.verdict === 'stale') {
      this.#events.push(
        held === undefined ? { kind: 'work-waits' } : { kind: 'attempt-over', token: held.token },
      );
    } else {
      this.#lose(answer);
    }
    return true;
  }

  #receive({ kind, token }: MailboxMessage): void {
    if (kind === 'converge') this.beat();
    else if (kind === 'assign')
      this.#events.push({ kind: 'work-waits', ...(token !== undefined && { token }) });
    else if (kind === 'kill' && token !== undefined) this.#events.push({ kind: 'attempt-over', token });
  }

  #lose({ verdict, reason }: Failure): void {
    if (this.#closing.signal.aborted) return;
    this.#events.push({ kind: 'session-lost', replaced: verdict === 'replaced', reason });
  }
}
