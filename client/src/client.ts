/** The TypeScript client: one typed method per operation, over HTTPS with keep-alive. */
import { type ErrorCode, type Operations, routes } from './generated.ts';

export type * from './hooks.ts';

export interface ClientOptions {
  /** Address of the dispatcher, such as `http://127.0.0.1:9890`; it may have a path. */
  readonly url: string;
  /** Token of a user, a node, or a join token; without one only login answers. */
  readonly token?: string;
  /** How often a request is repeated after a lost connection or a retryable error. @default 4 */
  readonly retries?: number;
  /** Gives up on one try after so many milliseconds. @default 35000, above the gateway's own limit */
  readonly timeoutMs?: number;
  /** Ends requests that are under way. */
  readonly signal?: AbortSignal;
}

/** An error that the dispatcher answered with. */
export class RollcallError extends Error {
  override readonly name = 'RollcallError';
  readonly status: number;
  readonly code: ErrorCode;
  /** The reference's error number. */
  readonly number: number;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
  readonly retryable: boolean;

  constructor(
    status: number,
    error: Omit<RollcallError, 'status' | 'name' | keyof Error> & { message: string },
  ) {
    super(error.message);
    this.status = status;
    this.code = error.code;
    this.number = error.number;
    this.details = error.details;
    this.retryable = error.retryable;
  }
}

/** The dispatcher could not be reached, or what answered was not a dispatcher. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

export type Client = {
  readonly [N in keyof Operations]: (input: Operations[N]['input']) => Promise<Operations[N]['output']>;
};

/**
 * Makes a client. Writes that take a request token get one, so that a repeated request has the effect of one.
 */
export function createClient(options: ClientOptions): Client {
  const names = Object.keys(routes) as (keyof Operations)[];
  return Object.fromEntries(
    names.map((name) => [name, (input: object) => call(options, name, input)]),
  ) as unknown as Client;
}

async function call(options: ClientOptions, name: keyof Operations, input: object): Promise<unknown> {
  const { method, path, takesRequestToken } = routes[name];
  const url = new URL(`${options.url.replace(/\/+$/, '')}${path}`);
  const headers: Record<string, string> = {};
  if (options.token !== undefined) headers['authorization'] = `Bearer ${options.token}`;
  let body: string | null = null;
  if (method === 'GET') {
    for (const [key, value] of Object.entries(input)) {
      if (value !== undefined) url.searchParams.set(key, String(value));
    }
  } else {
    headers['content-type'] = 'application/json';
    body = JSON.stringify(takesRequestToken ? { requestToken: crypto.randomUUID(), ...input } : input);
  }
  const retries = options.retries ?? 4;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send(options, url, { method, headers, body });
    } catch (error) {
      const mayRepeat =
        error instanceof UnreachableError || (error instanceof RollcallError && error.retryable);
      if (!mayRepeat || attempt >= retries || options.signal?.aborted) throw error;
      await pause(backOffMs(attempt), options.signal);
    }
  }
}

async function send(options: ClientOptions, url: URL, request: RequestInit): Promise<unknown> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? 35_000);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { ...request, signal });
    text = await response.text();
  } catch (cause) {
    throw new UnreachableError(`no answer from ${url.origin}: ${reason(cause)}`, { cause });
  }
  const answer = parse(text);
  if (response.ok && answer !== undefined) return answer;
  const error = (answer as { error?: ConstructorParameters<typeof RollcallError>[1] } | undefined)?.error;
  if (error !== undefined) throw new RollcallError(response.status, error);
  throw new UnreachableError(`${url.origin} answered ${response.status}, not as a dispatcher does`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON means not a dispatcher; the caller says so with the status.
    return undefined;
  }
}

function reason(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message : String(inner);
}

/** 0.1 s doubled with each try, at most 5 s, with jitter so that clients do not come back together. */
function backOffMs(attempt: number): number {
  return Math.min(5_000, 100 * 2 ** attempt) * (0.5 + Math.random() / 2);
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
