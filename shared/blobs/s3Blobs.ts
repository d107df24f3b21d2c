/**
 * The blob port over S3, by presigned links. They are signed here: S3's client, which would do no more for us, takes a
 * quarter of the time in which a function starts.
 *
 * S3 holds an upload to the name, the content type and the time of its link. It cannot hold it to a largest size:
 * a presigned PUT can be signed for one exact length only, which nobody knows when the link is asked for, and ranges
 * exist for form posts alone. `maximumBytes` is therefore kept by the agent, which cuts its logs; who breaks that has
 * a registered node and can spend at most 5 GB a link, S3's own limit. `docs/deploy.md` says how to notice.
 */
import { SignatureV4 } from '@smithy/signature-v4';
import type { BlobStore } from './blobStore.ts';
import { Sha256 } from './sha256.ts';

/** As the contract promises: a link is used at once, but the line may be slow to begin. */
const LIFETIME_SECONDS = 300;
/** A question about one blob is answered in milliseconds, or not at all. */
const PATIENCE_MS = 5_000;
/** A part of a body is a megabyte or less. */
const BODY_PATIENCE_MS = 15_000;

export interface S3Connection {
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** The service itself, unless told: an emulator, which has all buckets under one name. */
  readonly endpoint?: string | undefined;
}

export function s3Blobs(bucket: string, { region, credentials, endpoint }: S3Connection): BlobStore {
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials,
    sha256: Sha256,
    // S3 takes the path as it is sent.
    uriEscapePath: false,
    applyChecksum: false,
  });
  const base = endpoint === undefined ? `https://${bucket}.${hostOf(region)}` : `${endpoint}/${bucket}`;
  const requestFor = (method: string, name: string, headers: Readonly<Record<string, string>> = {}) => {
    const { protocol, host, pathname } = new URL(`${base}/${name}`);
    return {
      method,
      protocol,
      hostname: host,
      path: pathname,
      // A body is not there yet when its link is signed.
      headers: { host, 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD', ...headers },
    };
  };
  const linkFor = async (...request: Parameters<typeof requestFor>): Promise<string> => {
    const { protocol, hostname, path, query } = await signer.presign(requestFor(...request), {
      expiresIn: LIFETIME_SECONDS,
    });
    return `${protocol}//${hostname}${path}?${new URLSearchParams(query as Record<string, string>)}`;
  };

  const ask = async (
    method: string,
    name: string,
    { body, ...headers }: { readonly body?: Uint8Array } & Readonly<Record<string, string | Uint8Array>> = {},
  ): Promise<Response> => {
    const signed = await signer.sign(requestFor(method, name, headers as Record<string, string>));
    return fetch(`${base}/${name}`, {
      method,
      headers: signed.headers,
      signal: AbortSignal.timeout(method === 'HEAD' ? PATIENCE_MS : BODY_PATIENCE_MS),
      ...(body === undefined ? {} : { body: body as Uint8Array<ArrayBuffer> }),
    });
  };
  const unexpected = (name: string, { status }: Response): Error =>
    new Error(`S3 was asked for ${name} in ${bucket} and answered ${status}`);

  return {
    uploadLink: (name, { contentType }) => linkFor('PUT', name, { 'content-type': contentType }),

    async findDownloadLink(name) {
      const answer = await ask('HEAD', name);
      if (answer.status === 404) return undefined;
      if (answer.status !== 200) throw unexpected(name, answer);
      return linkFor('GET', name);
    },

    async size(name) {
      const answer = await ask('HEAD', name);
      if (answer.status === 404) return undefined;
      if (answer.status !== 200) throw unexpected(name, answer);
      return Number(answer.headers.get('content-length'));
    },

    async writeOnce(name, body) {
      const answer = await ask('PUT', name, {
        body,
        'content-type': 'application/gzip',
        'content-length': String(body.length),
        // Refused if there is one, also if that was our own and its answer was lost.
        'if-none-match': '*',
      });
      if (answer.status !== 200 && answer.status !== 412) throw unexpected(name, answer);
    },

    async read(name) {
      const answer = await ask('GET', name);
      if (answer.status === 404) return undefined;
      if (answer.status !== 200) throw unexpected(name, answer);
      return answer.bytes();
    },

    async remove(name) {
      const answer = await ask('DELETE', name);
      if (answer.status !== 204 && answer.status !== 404) throw unexpected(name, answer);
    },
  };
}

/** Where a region has its buckets; those in China are on a domain of their own. */
const hostOf = (region: string): string =>
  `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
