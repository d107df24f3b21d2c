/**
 * Watches for the notice, two minutes ahead, that an EC2 spot instance is taken away (instance metadata, version 2).
 * Recommendations to rebalance are not heeded: most are followed by nothing.
 */
import type { Clock } from './ports.ts';
import { sleep } from './waiting.ts';

const pollMs = 5_000;
const timeoutMs = 2_000;
const tokenSeconds = 21_600;

export interface SpotWatch {
  /** Address of the instance metadata. */
  readonly endpoint: string;
  readonly clock: Clock;
  /** Ends the watching. */
  readonly signal: AbortSignal;
  say(line: string): void;
}

/** Resolves with the time, in milliseconds since 1970, at which the instance is taken away; undefined if `signal` ends it. */
export async function spotNotice({ endpoint, clock, signal, say }: SpotWatch): Promise<number | undefined> {
  const metadata = new Metadata(endpoint);
  for (let failures = 0; !signal.aborted; await sleep(clock, pollMs, signal)) {
    try {
      const at = await metadata.interruptionAt();
      if (at !== undefined) return at;
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures === 1) say(`spot notices cannot be read from ${endpoint}, trying on: ${reasonOf(error)}`);
    }
  }
  return undefined;
}

interface Answered {
  readonly status: number;
  readonly ok: boolean;
  readonly text: string;
}

class Metadata {
  readonly #endpoint: string;
  #token: string | undefined;

  constructor(endpoint: string) {
    this.#endpoint = endpoint.replace(/\/+$/, '');
  }

  /** Undefined as long as the instance stays. */
  async interruptionAt(): Promise<number | undefined> {
    let response = await this.#instanceAction();
    if (response.status === 401) {
      // The token has expired.
      this.#token = undefined;
      response = await this.#instanceAction();
    }
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`answered with ${response.status}`);
    const { time } = JSON.parse(response.text) as { time?: unknown };
    const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
    if (Number.isNaN(at)) throw new Error(`the notice has no time: ${response.text.slice(0, 200)}`);
    return at;
  }

  async #instanceAction(): Promise<Answered> {
    this.#token ??= await this.#newToken();
    return this.#fetch('/latest/meta-data/spot/instance-action', {
      headers: { 'x-aws-ec2-metadata-token': this.#token },
    });
  }

  async #newToken(): Promise<string> {
    const response = await this.#fetch('/latest/api/token', {
      method: 'PUT',
      headers: { 'x-aws-ec2-metadata-token-ttl-seconds': String(tokenSeconds) },
    });
    if (!response.ok) throw new Error(`no token, answered with ${response.status}`);
    return response.text;
  }

  async #fetch(
    path: string,
    options: { readonly method?: string; readonly headers: Readonly<Record<string, string>> },
  ): Promise<Answered> {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(this.#endpoint + path, { ...options, signal });
    return { status: response.status, ok: response.ok, text: await response.text() };
  }
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
};
