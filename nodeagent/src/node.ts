/** One node: what its states share. */
import type { AssignmentKey, WorkOrder } from '../../client/src/generated.ts';
import { backOffMs } from './backOff.ts';
import { Commands } from './commands/commands.ts';
import { EventQueue, type NodeEvent } from './events.ts';
import type { NodeCalls, Output, Ports, Run, SystemEvent } from './ports.ts';
import { type Held, Session } from './session.ts';
import { Uploads } from './uploads.ts';
import { type Answer, ask } from './verdict.ts';
import { sleep } from './waiting.ts';

export interface NodeSettings {
  readonly name: string;
  /** Proves to the dispatcher that this is the node of that name. */
  readonly secret: string;
  readonly pools: readonly string[];
  /** Leaves as soon as there is no more work of the job that it worked on first. */
  readonly exitsAfterJob: boolean;
}

/** How the agent ends. */
export interface Exit {
  readonly code: number;
  readonly text: string;
  /** What is to be done to the machine when all nodes on it have left. */
  readonly systemEvent?: SystemEvent;
}

/** What the node does next. */
export type Step =
  | { readonly state: 'registering' }
  /** Delivers what is in the outbox and takes the work that the last answer brings. */
  | { readonly state: 'reporting' }
  | { readonly state: 'claiming' }
  /** `paused`: the dispatcher has no work for this node because it is paused. */
  | { readonly state: 'idle'; readonly paused: boolean }
  | { readonly state: 'working'; readonly order: WorkOrder }
  /** Stops a run whose attempt is over; nothing is reported. */
  | { readonly state: 'stopping'; readonly run: Run; readonly attempt: AssignmentKey; readonly next: Step }
  | { readonly state: 'draining'; readonly run?: Run; readonly attempt?: AssignmentKey }
  | { readonly state: 'ended'; readonly exit: Exit };

/** Looks at an event while something is awaited: the step to take instead of waiting on, if any. */
export type Look = (event: NodeEvent) => Step | undefined;

/** An answer that settles something. */
export type Settled<T> = Exclude<Answer<T>, { readonly verdict: 'later' }>;

/** A session that ended sooner was no good: the next one is opened after a back-off. */
const goodSessionMs = 60_000;
const replacementWindowMs = 5 * 60_000;
const mostReplacements = 3;
const rememberedTokens = 32;

export class AgentNode {
  readonly settings: NodeSettings;
  readonly ports: Ports;
  readonly events = new EventQueue();
  readonly uploads: Uploads;
  /** A pushed chunk or a wake came while the node could not claim: it claims before it becomes idle. */
  workWaits = false;
  /** Registers again before it takes more work. */
  restartsSoon = false;
  /** Takes no more work and leaves. */
  leavesSoon = false;
  readonly commands: Commands;
  #session: Session | undefined;
  #held: Held | undefined;
  #systemEvent: SystemEvent | undefined;
  #firstJobId: number | undefined;
  #badSessions = 0;
  #farmRevision = 0;
  #replacedAt: number[] = [];
  #known = new Set<string>();
  #over = new Set<string>();

  constructor(settings: NodeSettings, ports: Ports) {
    this.settings = settings;
    this.ports = ports;
    this.uploads = new Uploads(ports, () => this.#session);
    this.commands = new Commands(ports, () => this.#session, {
      restart: () => this.events.push({ kind: 'soft-restart' }),
      leaveFor: (event) => {
        this.#systemEvent = event;
        this.events.push({ kind: 'stop' });
      },
    });
  }

  /** The open session; there is one in every state but registering. */
  get session(): Session {
    if (this.#session === undefined) throw new Error('a state that needs a session was entered without one');
    return this.#session;
  }

  openSession(opened: Output<'nodeRegister'>): void {
    const look = (): void => this.commands.look();
    this.#session = new Session(this.ports, this.events, opened, () => this.#held, look, this.#farmRevision);
    // Some may have been sent to an earlier session, and not answered there.
    if (opened.desired.commandNo > 0) look();
  }

  /** Ends the session, if there is one, and forgets what it heard. Gives back how long to wait before the next. */
  closeSession(): number {
    const session = this.#session;
    if (session === undefined) return 0;
    session.close();
    this.#farmRevision = session.farmRevision;
    this.#session = undefined;
    this.#held = undefined;
    this.workWaits = false;
    this.events.keepOnlyEnd();
    const isGood = this.ports.clock.now() - session.openedAt >= goodSessionMs;
    this.#badSessions = isGood ? 0 : this.#badSessions + 1;
    return isGood ? 0 : backOffMs(this.ports, this.#badSessions);
  }

  /** Ends all that goes on besides the states. */
  close(): void {
    this.closeSession();
    this.commands.close();
    this.uploads.close();
  }

  /** How the agent ends that leaves on purpose. */
  left(text: string): Exit {
    return { code: 0, text, ...(this.#systemEvent !== undefined && { systemEvent: this.#systemEvent }) };
  }

  noteJob(jobId: number): void {
    this.#firstJobId ??= jobId;
  }

  /** Whether the node has worked on its one job and shall take work of no other. */
  isDoneWithout(jobId: number | undefined): boolean {
    const { exitsAfterJob } = this.settings;
    return exitsAfterJob && this.#firstJobId !== undefined && this.#firstJobId !== jobId;
  }

  /** From now on heartbeats speak for this attempt. */
  hold(held: Held | undefined): void {
    if (held === undefined && this.#held !== undefined) remember(this.#over, this.#held.token);
    if (held !== undefined) remember(this.#known, held.token);
    this.#held = held;
  }

  /** Whether the node has run, or runs, the attempt with this token: a message about it brings no work. */
  knows(token: string): boolean {
    return this.#known.has(token);
  }

  /** Notes that an attempt was said to be over before the node had it, because a message overtook an answer. */
  noteOver(token: string): void {
    remember(this.#over, token);
  }

  isOver(token: string): boolean {
    return this.#over.has(token);
  }

  /**
   * What to do when a call or an event says that the session is lost. Two agents with one identity take the session
   * from each other for ever; the one that notices gives way.
   */
  afterLostSession(replaced: boolean, reason: string): Step {
    this.ports.say(`the session is over: ${reason}`);
    if (!replaced) return { state: 'registering' };
    const now = this.ports.clock.now();
    this.#replacedAt = [...this.#replacedAt.filter((at) => now - at < replacementWindowMs), now];
    if (this.#replacedAt.length < mostReplacements) return { state: 'registering' };
    const text = `another agent takes the session of node ${this.settings.name} again and again, it has the same identity: stop one of the two, or give it its own name and data folder`;
    return { state: 'ended', exit: { code: 5, text } };
  }

  /** The next event, as soon as there is one. */
  async nextEvent(): Promise<NodeEvent> {
    for (;;) {
      const event = this.events.shift();
      if (event !== undefined) return event;
      await this.events.arrival();
    }
  }

  /** Waits for the promise and looks at events meanwhile; the first one that asks for another step ends the waiting. */
  async attend<T>(promise: Promise<T>, look: Look): Promise<{ value: T } | { step: Step }> {
    const arrived = promise.then((value) => ({ value }));
    for (;;) {
      for (let event = this.events.shift(); event !== undefined; event = this.events.shift()) {
        const step = look(event);
        if (step !== undefined) return { step };
      }
      const first = await Promise.race([arrived, this.events.arrival()]);
      if (first !== undefined) return first;
    }
  }

  /** Repeats a call, with a back-off, until its answer settles something or an event asks for another step. */
  async untilSettled<T>(
    what: string,
    call: (calls: NodeCalls, session: string) => Promise<T>,
    look: Look,
  ): Promise<{ value: Settled<T> } | { step: Step }> {
    const { calls, id } = this.session;
    const leaving = new AbortController();
    try {
      return await this.attend(
        this.#repeat(what, () => call(calls, id), leaving.signal),
        look,
      );
    } finally {
      leaving.abort();
    }
  }

  async #repeat<T>(what: string, call: () => Promise<T>, leaving: AbortSignal): Promise<Settled<T>> {
    for (let failures = 1; ; failures += 1) {
      const answer = await ask(call);
      if (answer.ok || answer.verdict !== 'later') return answer as Settled<T>;
      if (failures === 1) this.ports.say(`${what} not answered, trying on: ${answer.reason}`);
      await sleep(this.ports.clock, backOffMs(this.ports, failures), leaving);
      if (leaving.aborted) return answer as Settled<T>;
    }
  }
}

/** Keeps the newest tokens only: messages are no later than the hour that a mailbox keeps them. */
function remember(tokens: Set<string>, token: string): void {
  tokens.add(token);
  for (const oldest of tokens) {
    if (tokens.size <= rememberedTokens) break;
    tokens.delete(oldest);
  }
}
