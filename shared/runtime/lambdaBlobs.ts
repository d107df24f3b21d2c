/** Blobs in AWS. Apart from the context, so that functions without blobs do not carry the S3 client. */
import type { BlobStore } from '../blobs/blobStore.ts';
import { connectS3, s3Blobs } from '../blobs/s3Blobs.ts';
import { blobsVariable, readEnvironment, required } from './env.ts';

export const lambdaBlobs = (): BlobStore => s3Blobs(connectS3(), required(readEnvironment(), blobsVariable));
