/** Listens to the node's mailbox all through a session. Without it the node lives on by its heartbeats. */
import { backOffMs } from './backOff.ts';
import {
  type MailboxConnection,
  MailboxDeniedError,
  type MailboxMessage,
  type NodeCalls,
  type Ports,
} from './ports.ts';
import { ask, type Failure } from './verdict.ts';
import { sleep } from './waiting.ts';

export interface Listener {
  readonly ports: Ports;
  readonly calls: NodeCalls;
  readonly session: string;
  /** Ends the listening. */
  readonly signal: AbortSignal;
  onMessage(message: MailboxMessage): void;
  onSessionLost(failure: Failure): void;
}

/** Credentials are changed so long before they expire. */
const marginMs = 5 * 60_000;
/** Shortest and longest use of credentials, in case the clocks of node and dispatcher disagree. */
const shortestUseMs = 60_000;
const longestUseMs = 55 * 60_000;
/** An empty answer that comes sooner is not a long poll; asking on at once would be a storm. */
const shortestPollMs = 1_000;
/** After so many failures in a row the queue may have another address: ask for credentials again. */
const failuresPerConnection = 3;

export async function listen(listener: Listener): Promise<void> {
  const { ports, calls, session, signal } = listener;
  let failures = 0;
  while (!signal.aborted) {
    const answer = await ask(() => calls.nodeMailboxCredentials({ session }));
    if (signal.aborted) return;
    if (!answer.ok) {
      if (answer.verdict === 'replaced' || answer.verdict === 'unknown')
        return listener.onSessionLost(answer);
      failures += 1;
      if (failures === 1) ports.say(`no credentials for the mailbox, heartbeats go on: ${answer.reason}`);
      await sleep(ports.clock, backOffMs(ports, failures), signal);
      continue;
    }
    const use = Math.max(shortestUseMs, Date.parse(answer.value.expiresAt) - ports.clock.now() - marginMs);
    const refreshAt = ports.clock.now() + Math.min(longestUseMs, use);
    const connection = ports.mailbox.connect(answer.value);
    try {
      failures = await receiveUntil(refreshAt, connection, listener, failures);
    } finally {
      connection.close();
    }
  }
}

/** Hands out messages until the credentials have to be renewed; gives back how many failures in a row it ended with. */
async function receiveUntil(
  refreshAt: number,
  connection: MailboxConnection,
  { ports, signal, onMessage }: Listener,
  failures: number,
): Promise<number> {
  for (let here = 0; !signal.aborted && ports.clock.now() < refreshAt; ) {
    const askedAt = ports.clock.now();
    try {
      const messages = await connection.receive(signal);
      if (signal.aborted) break;
      if (failures > 0) ports.say('the mailbox answers again');
      failures = 0;
      here = 0;
      for (const message of messages) onMessage(message);
      const pause = messages.length === 0 ? shortestPollMs - (ports.clock.now() - askedAt) : 0;
      if (pause > 0) await sleep(ports.clock, pause, signal);
    } catch (error) {
      if (signal.aborted) break;
      failures += 1;
      here += 1;
      if (failures === 1) ports.say(`the mailbox cannot be read, heartbeats go on: ${reasonOf(error)}`);
      await sleep(ports.clock, backOffMs(ports, failures), signal);
      if (error instanceof MailboxDeniedError || here >= failuresPerConnection) break;
    }
  }
  return failures;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
