/**
 * The blob port: logs, previews, backup bodies, templates. Two adapters: `s3Blobs.ts` with presigned links and
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
  /** Bytes of a blob, for who must not read one of any length; undefined if there is none of this name. */
  size(name: string): Promise<number | undefined>;
  /** Stores a blob, unless there is one of this name: that one stays as it is. */
  writeOnce(name: string, body: Uint8Array): Promise<void>;
  /** The whole of a blob; undefined if there is none of this name. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Removes a blob, if it is there. */
  remove(name: string): Promise<void>;
}

/** Name of the output of one attempt. */
export const logName = (jobId: number, generation: number, chunkId: number, attempt: number): string =>
  `logs/${jobId}/${generation}/${chunkId}/${attempt}.txt`;

/** Name of the small picture of the last frame of one attempt. It lies beside the log, and stays as long. */
export const thumbnailName = (jobId: number, generation: number, chunkId: number, attempt: number): string =>
  `logs/${jobId}/${generation}/${chunkId}/${attempt}.jpg`;

/** Name of a part of a body in the archive; parts count from 0. */
export const archivePartName = (folder: string, part: number): string =>
  `backups/${folder}/${String(part).padStart(6, '0')}.ndjson.gz`;

/** Name of an export of the queue. */
export const exportName = (token: string): string => `exports/${token}.sql.gz`;

/** Name of a text of SQL that was uploaded to be imported. */
export const importUploadName = (uploadId: string): string => `imports/uploads/${uploadId}.sql.gz`;

/** Name of a part of what an import has put aside; parts count from 0. */
export const importPartName = (run: string, part: number): string =>
  `imports/${run}/${String(part).padStart(6, '0')}.ndjson.gz`;

/** Name of the list of jobs that an import brings. */
export const importIdsName = (run: string): string => `imports/${run}/ids.json.gz`;

/** Name of the text of a template, by its language and hash. */
export const templateSourceName = (sha256: string, language: 'python' | 'typescript'): string =>
  `templates/${sha256}.${language === 'python' ? 'py' : 'js'}.gz`;
