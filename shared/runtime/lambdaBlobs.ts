/** Blobs in AWS. Apart from the context, so that functions without blobs do not carry what signs links. */
import type { BlobStore } from '../blobs/blobStore.ts';
import { s3Blobs } from '../blobs/s3Blobs.ts';
import { blobsVariable, endpointVariable, lambdaVariables, required } from './env.ts';

export const lambdaBlobs = (): BlobStore =>
  s3Blobs(required(blobsVariable), {
    region: required(lambdaVariables.region),
    credentials: {
      accessKeyId: required(lambdaVariables.accessKeyId),
      secretAccessKey: required(lambdaVariables.secretAccessKey),
      sessionToken: required(lambdaVariables.sessionToken),
    },
    endpoint: process.env[endpointVariable],
  });
