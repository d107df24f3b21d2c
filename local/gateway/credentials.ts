/**
 * Access keys of the local gateway, without any stored state: every secret is computed from one master key. A
 * session token carries its rights and its end, sealed with the master key, so it survives a restart and needs
 * no table; who holds the master key holds everything.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../shared/model/clock.ts';
import { AwsError } from './awsError.ts';
import type { Right } from './policy.ts';
import { localAccount } from './queueNames.ts';

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface SessionCredentials extends AccessKey {
  readonly sessionToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Who signed a request. */
export interface Principal {
  readonly arn: string;
  /** What it may do; the dispatcher's own functions may do everything. */
  readonly rights: readonly Right[] | 'all';
}

interface Session {
  readonly key: string;
  readonly arn: string;
  readonly rights: readonly Right[];
  readonly expiresAt: number;
}

interface OpenedSession {
  readonly key: AccessKey;
  readonly principal: Principal;
  readonly expiresAt: number;
}

/** Long enough that a weaker part does not lie here. */
const leastKeyBytes = 32;
const functionKeyId = 'AKIAROLLCALLFUNCTION';
const functionPrincipal: Principal = {
  arn: `arn:aws:iam::${localAccount}:role/functions`,
  rights: 'all',
};

/** Sessions beyond which all are opened anew. */
const mostOpened = 2_000;

export class GatewayCredentials {
  readonly #masterKey: Uint8Array;
  readonly #clock: Clock;
  readonly #functionKey: AccessKey;
  /** Sessions whose seal was found right, by their token: each node sends the same one for most of an hour. */
  readonly #opened = new Map<string, OpenedSession>();

  constructor(masterKey: Uint8Array, clock: Clock) {
    if (masterKey.length < leastKeyBytes) {
      throw new Error(`the master key must have at least ${leastKeyBytes} bytes`);
    }
    this.#masterKey = masterKey;
    this.#clock = clock;
    this.#functionKey = { accessKeyId: functionKeyId, secretAccessKey: this.#secretOf(functionKeyId) };
  }

  /** The access key of the dispatcher's own functions. The same after each start. */
  functionCredentials(): AccessKey {
    return this.#functionKey;
  }

  /** An access key that has these rights, and no others, for so long. */
  issue(arn: string, rights: readonly Right[], seconds: number): SessionCredentials {
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const expiresAt = this.#clock.now() + seconds * 1000;
    const session: Session = { key: accessKeyId, arn, rights, expiresAt };
    const text = Buffer.from(JSON.stringify(session)).toString('base64url');
    const sessionToken = `${text}.${this.#seal(text)}`;
    return { accessKeyId, secretAccessKey: this.#secretOf(sessionToken), sessionToken, expiresAt };
  }

  /** The secret that a request should have been signed with, and whose it is; it need not have been. */
  find(accessKeyId: string, sessionToken: string | undefined): { key: AccessKey; principal: Principal } {
    if (sessionToken === undefined) {
      if (accessKeyId !== functionKeyId) throw unknownKey();
      return { key: this.#functionKey, principal: functionPrincipal };
    }
    const { key, principal, expiresAt } = this.#open(sessionToken);
    if (key.accessKeyId !== accessKeyId) throw unknownKey();
    if (expiresAt <= this.#clock.now()) {
      this.#opened.delete(sessionToken);
      throw new AwsError('ExpiredToken', 'The security token included in the request is expired.');
    }
    return { key, principal };
  }

  #open(sessionToken: string): OpenedSession {
    const known = this.#opened.get(sessionToken);
    if (known !== undefined) return known;
    const [text = '', seal = ''] = sessionToken.split('.');
    if (!isSame(seal, this.#seal(text))) throw unknownKey();
    const { key, arn, rights, expiresAt } = JSON.parse(Buffer.from(text, 'base64url').toString()) as Session;
    const opened: OpenedSession = {
      key: { accessKeyId: key, secretAccessKey: this.#secretOf(sessionToken) },
      principal: { arn, rights },
      expiresAt,
    };
    if (this.#opened.size >= mostOpened) this.#opened.clear();
    this.#opened.set(sessionToken, opened);
    return opened;
  }

  #secretOf(name: string): string {
    return createHmac('sha256', this.#masterKey).update(`secret\n${name}`).digest('base64url');
  }

  #seal(text: string): string {
    return createHmac('sha256', this.#masterKey).update(`session\n${text}`).digest('base64url');
  }
}

/** Throws AccessDenied unless the principal has the right. */
export function assertMay(principal: Principal, action: string, resource: string): void {
  const { arn, rights } = principal;
  if (rights === 'all') return;
  if (rights.some((right) => right.actions.includes(action) && right.resource === resource)) return;
  throw new AwsError(
    'AccessDenied',
    `User: ${arn} is not authorized to perform: ${action} on resource: ${resource}`,
  );
}

/** Compares secrets in a time that does not tell where they differ. */
export function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const unknownKey = (): AwsError =>
  new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.');
