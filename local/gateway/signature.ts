/**
 * Checks AWS Signature Version 4 by signing the request anew with the secret that it should have been signed
 * with. Host is checked as it was sent: clients reach the gateway by different names.
 */
import { createHash } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from '../../shared/blobs/sha256.ts';
import type { Clock } from '../../shared/model/clock.ts';
import { AwsError } from './awsError.ts';
import { type AccessKey, type GatewayCredentials, isSame, type Principal } from './credentials.ts';
import { localRegion } from './queueNames.ts';

export interface SignedRequest {
  readonly method: string;
  /** Path as it was sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** As AWS allows. */
const mostSkewMs = 15 * 60_000;
/** What must be signed whenever it is sent: it decides what the request means and who sends it. */
const alwaysSigned = ['host', 'x-amz-date', 'x-amz-target', 'x-amz-security-token', 'x-amz-content-sha256'];

/** Answers with who signed the request, or throws. */
export async function verifySignature(
  request: SignedRequest,
  service: 'sqs' | 'sts' | 'execute-api',
  credentials: GatewayCredentials,
  clock: Clock,
): Promise<Principal> {
  const { accessKeyId, scope, signedHeaders, signature } = parseAuthorization(
    request.headers['authorization'],
  );
  const signedAt = parseDate(request.headers['x-amz-date']);
  if (scope !== `${signedAt.day}/${localRegion}/${service}/aws4_request`) {
    throw new AwsError(
      'SignatureDoesNotMatch',
      `Credential should be scoped to the day of the request, region ${localRegion} and service ${service}.`,
    );
  }
  for (const name of alwaysSigned) {
    if (request.headers[name] !== undefined && !signedHeaders.includes(name)) {
      throw new AwsError('SignatureDoesNotMatch', `Header ${name} must be signed.`);
    }
  }
  const { key, principal } = credentials.find(accessKeyId, request.headers['x-amz-security-token']);
  const declaredHash = request.headers['x-amz-content-sha256'];
  const bodyHash = createHash('sha256').update(request.body).digest('hex');
  const isBodyRight = declaredHash === undefined || isSame(declaredHash, bodyHash);
  if (!isBodyRight || !isSame(signature, await sign(request, service, key, signedHeaders, signedAt.date))) {
    throw new AwsError(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
    );
  }
  // Last, so that the time is told to nobody but holders of a key; their clients set their clocks by it.
  const skew = Math.abs(signedAt.date.getTime() - clock.now());
  if (skew > mostSkewMs) {
    throw new AwsError('RequestExpired', 'The request was signed at a time too far from now.');
  }
  return principal;
}

const authorizationPattern =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/([^,\s]+),\s*SignedHeaders=([a-z0-9;_-]+),\s*Signature=([0-9a-f]{64})$/;

function parseAuthorization(header: string | undefined) {
  if (header === undefined) {
    throw new AwsError('MissingAuthenticationToken', 'The request is not signed.');
  }
  const [, accessKeyId, scope, signedHeaders, signature] = authorizationPattern.exec(header) ?? [];
  if (accessKeyId === undefined || scope === undefined || signedHeaders === undefined) {
    throw new AwsError('IncompleteSignature', 'The Authorization header cannot be read.');
  }
  return { accessKeyId, scope, signedHeaders: signedHeaders.split(';'), signature: signature ?? '' };
}

function parseDate(header: string | undefined): { date: Date; day: string } {
  const text = (header ?? '').replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5');
  const date = new Date(text);
  if (header === undefined || text === header || Number.isNaN(date.getTime())) {
    throw new AwsError('IncompleteSignature', 'The request needs X-Amz-Date like 20300131T235959Z.');
  }
  return { date, day: header.slice(0, 8) };
}

async function sign(
  request: SignedRequest,
  service: string,
  key: AccessKey,
  signedHeaders: readonly string[],
  signingDate: Date,
): Promise<string> {
  const signer = new SignatureV4({
    service,
    region: localRegion,
    credentials: key,
    sha256: Sha256,
    applyChecksum: false,
  });
  const headers = Object.fromEntries(signedHeaders.map((name) => [name, request.headers[name] ?? '']));
  const query: Record<string, string[]> = {};
  for (const [name, value] of request.query) query[name] = [...(query[name] ?? []), value];
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: 'http:',
      hostname: '',
      path: request.path,
      query,
      headers,
      body: request.body,
    },
    { signingDate, signableHeaders: new Set(signedHeaders) },
  );
  return signed.headers['authorization']?.split('Signature=')[1] ?? '';
}
