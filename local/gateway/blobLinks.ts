/**
 * Links to blobs: whoever holds one may do what it says until it expires, and nothing else. All of it is in the
 * link, sealed with the master key, as in presigned links of S3.
 */
import { createHmac } from 'node:crypto';
import { DispatcherError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/model/clock.ts';
import { isSame } from './credentials.ts';

export interface UploadGrant {
  readonly method: 'PUT';
  readonly name: string;
  readonly maximumBytes: number;
  /** The upload must be declared as this. */
  readonly contentType: string;
}

export interface DownloadGrant {
  readonly method: 'GET';
  readonly name: string;
}

export type Grant = UploadGrant | DownloadGrant;

/** As the contract promises: a link is used at once, but the line may be slow to begin. */
const lifetimeMs = 5 * 60_000;

export class BlobLinks {
  readonly #masterKey: Uint8Array;
  readonly #clock: Clock;

  constructor(masterKey: Uint8Array, clock: Clock) {
    this.#masterKey = masterKey;
    this.#clock = clock;
  }

  make(baseUrl: string, grant: Grant): string {
    const query = new URLSearchParams({ expires: String(this.#clock.now() + lifetimeMs) });
    if (grant.method === 'PUT') {
      query.set('maximum', String(grant.maximumBytes));
      query.set('type', grant.contentType);
    }
    query.set('signature', this.#seal(grant.method, grant.name, query));
    return `${baseUrl.replace(/\/$/, '')}/blobs/${grant.name}?${query}`;
  }

  /** What a request may do by its link; throws `forbidden` if nothing. */
  check(method: string, name: string, query: URLSearchParams): Grant {
    const refuse = (rule: string): never => {
      throw new DispatcherError('forbidden', { caller: 'This link', operation: `${method} ${name}`, rule });
    };
    if (!isSame(query.get('signature') ?? '', this.#seal(method, name, query))) {
      refuse('it was not made for this, or has been changed');
    }
    if (Number(query.get('expires')) <= this.#clock.now()) refuse('it has expired');
    if (method !== 'PUT') return { method: 'GET', name };
    return {
      method,
      name,
      maximumBytes: Number(query.get('maximum')),
      contentType: query.get('type') ?? '',
    };
  }

  #seal(method: string, name: string, query: URLSearchParams): string {
    const fields = [method, name, query.get('expires'), query.get('maximum'), query.get('type')];
    return createHmac('sha256', this.#masterKey)
      .update(`blob link\n${JSON.stringify(fields)}`)
      .digest('base64url');
  }
}
