/**
 * The blob port over S3, by presigned links; the only importer of the S3 client.
 *
 * S3 holds an upload to the name, the content type and the time of its link. It cannot hold it to a largest size:
 * a presigned PUT can be signed for one exact length only, which nobody knows when the link is asked for, and ranges
 * exist for form posts alone. `maximumBytes` is therefore kept by the agent, which cuts its logs; who breaks that has
 * a registered node and can spend at most 5 GB a link, S3's own limit. `docs/deploy.md` says how to notice.
 */
import {
  GetObjectCommand,
  HeadObjectCommand,
  NotFound,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { BlobStore } from './blobStore.ts';

/** As the contract promises: a link is used at once, but the line may be slow to begin. */
const LIFETIME_SECONDS = 300;

/** A client for {@link s3Blobs}; without settings it takes them from the environment. */
export const connectS3 = (config: S3ClientConfig = {}): S3Client =>
  // By default the SDK would sign the checksum of a body that it does not have.
  new S3Client({
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...config,
  });

export function s3Blobs(client: S3Client, bucket: string): BlobStore {
  return {
    uploadLink(name, { contentType }) {
      const command = new PutObjectCommand({ Bucket: bucket, Key: name, ContentType: contentType });
      return getSignedUrl(client, command, {
        expiresIn: LIFETIME_SECONDS,
        // The SDK leaves it out unless told, and then any type would do.
        signableHeaders: new Set(['content-type']),
      });
    },

    async findDownloadLink(name) {
      const blob = { Bucket: bucket, Key: name };
      try {
        await client.send(new HeadObjectCommand(blob));
      } catch (error) {
        if (error instanceof NotFound) return undefined;
        throw error;
      }
      return getSignedUrl(client, new GetObjectCommand(blob), { expiresIn: LIFETIME_SECONDS });
    },
  };
}
