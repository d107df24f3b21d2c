/**
 * The blob port: logs, previews, backup bodies. Two adapters: `s3Blobs.ts` with presigned links and
 * `local/fileBlobs.ts` with links that the gateway signs.
 */
export interface BlobStore {
  /** A link under which a blob is uploaded with PUT, once or again, for a few minutes. */
  uploadLink(
    name: string,
    options: { readonly contentType: string; readonly maximumBytes: number },
  ): Promise<string>;
  /** A link under which a blob is read for a few minutes; undefined if there is none of this name. */
  findDownloadLink(name: string): Promise<string | undefined>;
}

/** Name of the output of one attempt. */
export const logName = (jobId: number, generation: number, chunkId: number, attempt: number): string =>
  `logs/${jobId}/${generation}/${chunkId}/${attempt}.txt`;
