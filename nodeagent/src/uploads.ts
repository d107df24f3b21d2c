/** Uploads the output of attempts in the background, one after another, so that no chunk waits for it. */
import type { AssignmentKey } from '../../client/src/generated.ts';
import { backOffMs } from './backOff.ts';
import type { Ports } from './ports.ts';
import type { Session } from './session.ts';
import { ask } from './verdict.ts';
import { sleep } from './waiting.ts';

const mostTries = 5;

export class Uploads {
  readonly #ports: Ports;
  readonly #session: () => Session | undefined;
  readonly #queue: AssignmentKey[] = [];
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

  async #work(): Promise<void> {
    for (let attempt = this.#queue.shift(); attempt !== undefined; attempt = this.#queue.shift()) {
      await this.#upload(attempt);
    }
    this.#working = undefined;
  }

  async #upload(attempt: AssignmentKey): Promise<void> {
    const { clock, logs } = this.#ports;
    const what = `output of job ${attempt.jobId}, chunk ${attempt.index + 1}`;
    let reason = 'no session';
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const session = this.#session();
      if (session !== undefined) {
        const link = await ask(() => session.calls.nodeUploadLog({ session: session.id, attempt }));
        if (link.ok) {
          try {
            await logs.upload(attempt, link.value);
            return await logs.discard(attempt);
          } catch (error) {
            // The link's other end is storage, not a dispatcher: whatever it says, a later try may do.
            reason = error instanceof Error ? error.message : String(error);
          }
        } else {
          reason = link.reason;
          if (link.verdict === 'stale' || link.verdict === 'refused') {
            this.#ports.say(`${what} is not wanted: ${reason}`);
            return await logs.keep(attempt);
          }
        }
      }
      if (tries < mostTries) await sleep(clock, backOffMs(this.#ports, tries));
    }
    this.#ports.say(`${what} stays here until the agent starts anew: ${reason}`);
  }
}
