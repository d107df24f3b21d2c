/** Blobs in AWS for a function that rarely touches any: what signs requests is loaded with the first. */
import type { BlobStore } from '../blobs/blobStore.ts';
import { onDemand } from '../model/onDemand.ts';

export function lambdaBlobsOnDemand(): BlobStore {
  const blobs = onDemand(async () => (await import('./lambdaBlobs.ts')).lambdaBlobs());
  return {
    uploadLink: async (...call) => (await blobs()).uploadLink(...call),
    findDownloadLink: async (...call) => (await blobs()).findDownloadLink(...call),
    size: async (...call) => (await blobs()).size(...call),
    writeOnce: async (...call) => (await blobs()).writeOnce(...call),
    read: async (...call) => (await blobs()).read(...call),
    remove: async (...call) => (await blobs()).remove(...call),
  };
}
