/** Makes checked jobs of a text of SQL, or refuses it as a whole. Nothing has changed then. */
import { importUploadName } from '../blobs/blobStore.ts';
import { unpack } from '../blobs/packing.ts';
import { jobsOf } from '../domain/queueImport.ts';
import { DispatcherError, notFound } from '../errors.ts';
import type { ImportedJob } from '../model/queueImport.ts';
import type { Context } from '../runtime/context.ts';
import { MAXIMUM_UPLOAD_BYTES } from './importUploadLink.ts';

/** Of a text, once it is unpacked. Some 240,000 chunks; more would not fit into a function's memory beside their tables. */
const MAXIMUM_TEXT_BYTES = 67_108_864;
const UNPACKED_AT_ONCE = 1_048_576;

export async function readQueueText(context: Context, sql: string, now: string): Promise<ImportedJob[]> {
  const size = Buffer.byteLength(sql);
  if (size > MAXIMUM_TEXT_BYTES) throw tooLarge(size);
  const reading = await context.readSql(sql);
  if ('refused' in reading) {
    throw new DispatcherError('import-refused', { rule: `The text cannot be used: ${reading.refused}` });
  }
  return jobsOf(reading.tables, now);
}

/** The text that was uploaded under an id. One that is too large is not read to its end. */
export async function loadUpload(context: Context, uploadId: string): Promise<string> {
  const name = importUploadName(uploadId);
  // S3 holds no upload to a largest size.
  const size = await context.blobs.size(name);
  if (size !== undefined && size > MAXIMUM_UPLOAD_BYTES) throw tooLarge(size, MAXIMUM_UPLOAD_BYTES);
  const packed = await context.blobs.read(name);
  if (packed === undefined) throw notFound('upload', uploadId);
  try {
    return (
      await unpack(packed, { maxOutputLength: MAXIMUM_TEXT_BYTES, chunkSize: UNPACKED_AT_ONCE })
    ).toString('utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(MAXIMUM_TEXT_BYTES + 1);
    throw new DispatcherError(
      'import-refused',
      { rule: `Upload ${uploadId} is not packed by gzip: ${(cause as Error).message}` },
      { cause },
    );
  }
}

const tooLarge = (size: number, maximum = MAXIMUM_TEXT_BYTES): DispatcherError =>
  new DispatcherError('too-large', { what: 'The text', size, maximum });
