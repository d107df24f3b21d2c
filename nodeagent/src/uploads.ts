/** Uploads the output of attempts in the background, one after another, so that no chunk waits for it. */
import type { AssignmentKey } from '../../client/src/generated.ts';
import { backOffMs } from './backOff.ts';
import type { Ports } from './ports.ts';
import type { Session } from './session.ts';
import { ask } from './verdict.ts';
import { sleep } from './waiting.ts';

const mostTries = 5;
const sessionPollMs = 2_000;

export class Uploads {
  readonly #ports: Ports;
  readonly #session: () => Session | undefined;
  readonly #queue: AssignmentKey[] = [];
  readonly #closing = new AbortController();
  #working: Promise<void> | undefined;

  /** An attempt is uploaded with whatever session is open then: the dispatcher knows whose it was. */
  constructor(ports: Ports, session: () => Session | undefined) {
    this.#ports = ports;
    this.#session = session;
  }

  add(attempt: AssignmentKey): void {
    this.#queue.push(attempt);
    this.#working ??= this.#work();
  }

  /** Resolves when nothing waits. */
  async flush(): Promise<void> {
    await this.#working;
  }

  /** Tries nothing more; what was not uploaded stays for the next agent. */
  close(): void {
    this.#closing.abort();
  }

  async #work(): Promise<void> {
    for (let attempt = this.#queue.shift(); attempt !== undefined; attempt = this.#queue.shift()) {
      await this.#upload(attempt);
    }
    this.#working = undefined;
  }

  async #upload(attempt: AssignmentKey): Promise<void> {
    const { clock, logs } = this.#ports;
    const { signal } = this.#closing;
    const what = `output of job ${attempt.jobId}, chunk ${attempt.index + 1}`;
    for (let tries = 1; !signal.aborted; tries += 1) {
      const session = await this.#waitForSession();
      if (session === undefined) return;
      const reason = await this.#try(session, attempt);
      if (reason === undefined) return logs.discard(attempt);
      if (reason.isFinal) {
        this.#ports.say(`${what} is not wanted: ${reason.text}`);
        return logs.keep(attempt);
      }
      if (tries === mostTries) {
        this.#ports.say(`${what} stays here until the agent starts anew: ${reason.text}`);
        return;
      }
      await sleep(clock, backOffMs(this.#ports, tries), signal);
    }
  }

  /** Why the output did not arrive, undefined if it did. */
  async #try(session: Session, attempt: AssignmentKey): Promise<Hindrance | undefined> {
    // Said only where there is one: dispatchers older than pictures refuse the word.
    const more = this.#ports.logs.hasThumbnail(attempt) ? { hasThumbnail: true } : {};
    const link = await ask(() => session.calls.nodeUploadLog({ session: session.id, attempt, ...more }));
    if (!link.ok) {
      return { text: link.reason, isFinal: link.verdict === 'stale' || link.verdict === 'refused' };
    }
    try {
      await this.#ports.logs.upload(attempt, link.value);
      return undefined;
    } catch (error) {
      // The link's other end is storage, not a dispatcher: whatever it says, a later try may do.
      return { text: error instanceof Error ? error.message : String(error), isFinal: false };
    }
  }

  /** The open session, as soon as there is one; undefined if the node ends before. */
  async #waitForSession(): Promise<Session | undefined> {
    while (!this.#closing.signal.aborted) {
      const session = this.#session();
      if (session !== undefined) return session;
      await sleep(this.#ports.clock, sessionPollMs, this.#closing.signal);
    }
    return undefined;
  }
}

interface Hindrance {
  readonly text: string;
  /** No later try will do. */
  readonly isFinal: boolean;
}
