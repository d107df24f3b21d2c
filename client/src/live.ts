/**
 * Hears what changes on the farm: a WebSocket that is made anew whenever it ends. It uses what browsers and Node have, and
 * sends the token as a subprotocol, since browsers set no headers.
 */
import { type Client, RollcallError } from './client.ts';
import { type LiveEvent, type LiveMessage, type LiveRequest, type LiveTopic, live } from './generated.ts';

export interface LiveOptions {
  /** Tells where to connect, each time. */
  readonly client: Pick<Client, 'clientGetSocketUrl'>;
  /** Token of a user, as the client has it. */
  readonly token: string;
  /** Name and version of the program, for the list of clients. */
  readonly version: string;
  readonly subscriptions: readonly Subscription[];
  /** From now on nothing is missed: load everything that is shown, after each connection anew. */
  readonly onHearing: () => void;
  /** What has changed, without repetitions. A refresh comes twice, as it is to be followed. */
  readonly onEvents: (events: readonly LiveEvent[]) => void;
  /** Nothing is heard until the next `onHearing`. */
  readonly onLoss: (loss: LiveLoss) => void;
  /** @default the machine's timer */
  readonly timer?: LiveTimer;
  /** From 0 to 1. @default Math.random */
  readonly random?: () => number;
}

export interface Subscription {
  readonly topic: LiveTopic;
  /** Only what concerns these, at most 100. */
  readonly ids?: readonly number[];
}

export interface LiveLoss {
  readonly reason: string;
  /** The server has said the reason. */
  readonly isTold: boolean;
  /** How many connections could not be had since the last that could. */
  readonly failures: number;
  /** It is not tried again: the dispatcher does not want it. */
  readonly isFinal: boolean;
}

export interface LiveTimer {
  /** Calls `run` once after so many milliseconds; the function it answers with calls that off. */
  after(milliseconds: number, run: () => void): () => void;
}

export interface Live {
  /** Ends the connection; nothing is called any more. */
  close(): void;
}

/** A server that says nothing for so long when it should is gone. */
const ANSWER_MS = 15_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** A refresh goes to everybody at once; they load within so many milliseconds. */
const SPREAD_MS = 2_000;
/** Things whose last change is remembered. A change of another that is repeated costs its user one look. */
const MOST_KNOWN = 20_000;

const systemTimer: LiveTimer = {
  after(milliseconds, run) {
    const handle = setTimeout(run, milliseconds);
    return () => clearTimeout(handle);
  },
};

/** Connects, and stays connected until it is closed. */
export function openLive(options: LiveOptions): Live {
  const { timer = systemTimer, random = Math.random, onLoss } = options;
  const isNew = newsFilter();
  let failures = 0;
  let isClosed = false;
  /** Ends what goes on at present: a connection or a pause. */
  let end = (): void => {};

  const lost = (loss: Pick<LiveLoss, 'reason' | 'isTold'>, isFinal: boolean, wasHearing: boolean): void => {
    if (isClosed) return;
    failures = wasHearing ? 0 : failures + 1;
    if (!isFinal) {
      const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
      end = timer.after(pauseMs * (0.5 + random() / 2), () => void connect());
    }
    onLoss({ ...loss, failures, isFinal });
  };

  const connect = async (): Promise<void> => {
    let url: string;
    try {
      ({ url } = await options.client.clientGetSocketUrl({}));
    } catch (error) {
      const isRefused = error instanceof RollcallError && !error.retryable;
      lost(
        { reason: error instanceof Error ? error.message : String(error), isTold: isRefused },
        isRefused,
        false,
      );
      return;
    }
    if (isClosed) return;
    end = openConnection(url, { ...options, timer, random, isNew, onEnd: lost });
  };

  void connect();
  return {
    close() {
      isClosed = true;
      end();
    },
  };
}

interface ConnectionOptions extends Required<LiveOptions> {
  readonly isNew: (event: LiveEvent) => boolean;
  readonly onEnd: (loss: Pick<LiveLoss, 'reason' | 'isTold'>, isFinal: boolean, wasHearing: boolean) => void;
}

/** One connection. The function it answers with ends it without a word. */
function openConnection(url: string, options: ConnectionOptions): () => void {
  const { timer, random, subscriptions, onEvents, isNew } = options;
  const address = new URL(url);
  address.searchParams.set('version', options.version);
  const socket = new WebSocket(address, [live.protocol, `${live.tokenProtocol}${options.token}`]);
  const listening = new AbortController();
  const callOffs = new Set<() => void>();
  let unconfirmed = subscriptions.length;

  const after = (milliseconds: number, run: () => void): (() => void) => {
    const callOff = timer.after(milliseconds, () => {
      callOffs.delete(callOff);
      run();
    });
    callOffs.add(callOff);
    return () => {
      callOffs.delete(callOff);
      callOff();
    };
  };
  const leave = (): void => {
    listening.abort();
    for (const callOff of callOffs) callOff();
    socket.close();
  };
  const end = (reason: string, { isTold = false, isFinal = false } = {}): void => {
    leave();
    options.onEnd({ reason, isTold }, isFinal, unconfirmed === 0);
  };
  const awaitAnswer = (): (() => void) =>
    after(ANSWER_MS, () => end(`${address.host} has not answered for ${ANSWER_MS / 1_000} s`));
  const say = (request: LiveRequest): void => socket.send(JSON.stringify(request));

  let isAnswered = awaitAnswer();
  const ping = (): void => {
    isAnswered = awaitAnswer();
    say({ action: 'ping' });
    after(live.pingSeconds * 1_000, ping);
  };
  const begin = (): void => {
    isAnswered();
    after(live.pingSeconds * 1_000, ping);
    options.onHearing();
  };
  const hear = (events: readonly LiveEvent[]): void => {
    const news = events.filter(isNew);
    const changes = news.filter((event) => !('refresh' in event));
    if (changes.length > 0) onEvents(changes);
    for (const event of news) {
      if (!('refresh' in event)) continue;
      for (const seconds of [0, event.quietSeconds]) {
        after(seconds * 1_000 + random() * SPREAD_MS, () => onEvents([event]));
      }
    }
  };
  const onMessage = (message: LiveMessage): void => {
    switch (message.kind) {
      case 'subscribed':
        unconfirmed -= 1;
        if (unconfirmed === 0) begin();
        return;
      case 'events':
        // What comes before everything is subscribed is loaded then.
        if (unconfirmed === 0) hear(message.events);
        return;
      case 'pong':
        isAnswered();
        return;
      case 'closing':
        end(message.reason, { isTold: true });
        return;
      case 'refused':
        end(message.error.message, { isTold: true, isFinal: !message.error.retryable });
        return;
      case 'unsubscribed':
    }
  };

  const { signal } = listening;
  socket.addEventListener(
    'open',
    () => {
      for (const { topic, ids } of subscriptions) {
        say({ action: 'subscribe', topic, ...(ids === undefined ? {} : { ids: [...ids] }) });
      }
    },
    { signal },
  );
  socket.addEventListener('message', ({ data }) => onMessage(JSON.parse(String(data)) as LiveMessage), {
    signal,
  });
  // Whoever is refused hears no more than this; the next question for the address says what is wrong with the token.
  socket.addEventListener(
    'close',
    () => end(unconfirmed === 0 ? 'the connection has ended' : `there is no WebSocket at ${address.host}`),
    { signal },
  );
  return leave;
}

/**
 * Says which events are not known yet. Changes of one thing that come from two records, such as state and submission of a
 * job, have orders of their own.
 */
function newsFilter(): (event: LiveEvent) => boolean {
  const last = new Map<string, bigint>();
  return (event) => {
    if ('refresh' in event) return true;
    const sequence = 'sequence' in event ? BigInt(event.sequence) : 0n;
    const news = recordsOf(event).filter((record) => (last.get(record) ?? -1n) < sequence);
    for (const record of news) {
      // The last that has changed stands last.
      last.delete(record);
      last.set(record, sequence);
      const [oldest] = last.keys();
      if (last.size > MOST_KNOWN && oldest !== undefined) last.delete(oldest);
    }
    return news.length > 0;
  };
}

function recordsOf(event: Exclude<LiveEvent, { readonly refresh: true }>): string[] {
  if (event.event === 'messages/sent') return [`message ${event.messageId}`];
  const [topic] = event.event.split('/');
  if (event.event === 'chunks/changed') return [`chunk ${event.jobId} ${event.generation} ${event.id}`];
  if (!('id' in event)) return [`${topic} ${'name' in event ? event.name : ''}`];
  const parts = [
    ...('status' in event && event.status !== undefined ? ['state'] : []),
    ...('specVersion' in event && event.specVersion !== undefined ? ['submission'] : []),
  ];
  return (parts.length === 0 ? ['settings'] : parts).map((part) => `${topic} ${event.id} ${part}`);
}
