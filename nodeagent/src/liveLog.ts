/**
 * Sends the output of a running process while the real-time log of the node is on. Whoever watches wants to see what
 * happens now; the whole output is uploaded at the end in any case, so whatever goes wrong here costs the render nothing.
 */
import type { AssignmentKey } from '../../client/src/generated.ts';
import { backOffMs } from './backOff.ts';
import type { EventQueue } from './events.ts';
import type { OutputPart, Ports, Run } from './ports.ts';
import type { Session } from './session.ts';
import { ask } from './verdict.ts';
import { sleep } from './waiting.ts';

const pauseMs = 1_000;
/** As much as one call takes. */
const mostCharacters = 16_384;
/** A process that writes faster than it is sent is followed at this distance; what lies between is left out. */
const mostBehind = 262_144;

export class LiveLog {
  readonly #ports: Ports;
  readonly #session: Session;
  readonly #run: Run;
  readonly #attempt: AssignmentKey;
  readonly #events: EventQueue;
  readonly #closing = new AbortController();
  #isWorking = false;
  #sent = 0;

  constructor(ports: Ports, session: Session, run: Run, attempt: AssignmentKey, events: EventQueue) {
    this.#ports = ports;
    this.#session = session;
    this.#run = run;
    this.#attempt = attempt;
    this.#events = events;
  }

  /** To be called whenever the desired state has changed. Turned on late, it begins with what was written before. */
  converge(): void {
    if (this.#session.desired.realtimeLog && !this.#isWorking) void this.#work();
  }

  /** Sends nothing more. */
  close(): void {
    this.#closing.abort();
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    const { signal } = this.#closing;
    const { clock } = this.#ports;
    let failures = 0;
    // A part is repeated as it was: the dispatcher keeps what it got first at an offset.
    let part: OutputPart | undefined;
    while (!signal.aborted && this.#session.desired.realtimeLog) {
      part ??= this.#next();
      const isSent = part === undefined || (await this.#send(part));
      failures = isSent ? 0 : failures + 1;
      if (isSent) part = undefined;
      await sleep(clock, Math.max(pauseMs, isSent ? 0 : backOffMs(this.#ports, failures)), signal);
    }
    this.#isWorking = false;
  }

  #next(): OutputPart | undefined {
    const from = Math.max(this.#sent, this.#run.outputLength() - mostBehind);
    const part = this.#run.output(from, mostCharacters);
    return part.text === '' ? undefined : part;
  }

  /** False if it has to be repeated. */
  async #send({ offset, text }: OutputPart): Promise<boolean> {
    const session = this.#session;
    const answer = await ask(() =>
      session.calls.nodeSendLog({ session: session.id, attempt: this.#attempt, offset, text }),
    );
    if (this.#closing.signal.aborted) return true;
    if (answer.ok) {
      this.#sent = offset + text.length;
      return true;
    }
    if (answer.verdict === 'later') return false;
    this.#ports.say(`the output is not sent any more while this chunk runs: ${answer.reason}`);
    this.close();
    // Whether the session is lost is the heartbeat's business.
    if (answer.verdict === 'stale') this.#events.push({ kind: 'attempt-over', token: this.#attempt.token });
    return true;
  }
}
