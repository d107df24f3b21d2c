/** The blob port in memory, as S3 is: a blob is whole or not there, and whoever reads sees what was written before. */
import type { BlobStore } from '../../shared/blobs/blobStore.ts';
import type { Instance } from './lambdas.ts';

export class SimulatedBlobs {
  readonly #blobs = new Map<string, Uint8Array>();

  get names(): readonly string[] {
    return [...this.#blobs.keys()];
  }

  /** A blob as it is. */
  find(name: string): Uint8Array | undefined {
    return this.#blobs.get(name);
  }

  /** As one function instance reaches it: it may die between any two parts, and what was not answered is sent again. */
  storeFor(instance: Pick<Instance, 'port'>): BlobStore {
    const sendAgain = <T>(call: () => Promise<T>): Promise<T> => call();
    return {
      uploadLink: async () => 'https://blobs.invalid/upload',
      findDownloadLink: (name) =>
        instance.port(async () => (this.#blobs.has(name) ? `https://blobs.invalid/${name}` : undefined)),
      size: (name) => instance.port(async () => this.#blobs.get(name)?.length),
      writeOnce: (name, body) =>
        instance.port(async () => {
          if (!this.#blobs.has(name)) this.#blobs.set(name, body);
        }, sendAgain),
      read: (name) => instance.port(async () => this.#blobs.get(name)),
      remove: (name) => instance.port(async () => void this.#blobs.delete(name), sendAgain),
    };
  }
}
