/** Where a text of SQL is uploaded that is too long for a call. */
import { importUploadName } from '../blobs/blobStore.ts';
import type { Context } from '../runtime/context.ts';

/** Of an upload, which is packed. */
export const MAXIMUM_UPLOAD_BYTES = 16_777_216;

export async function importUploadLink(
  context: Context,
): Promise<{ readonly uploadId: string; readonly url: string; readonly maximumBytes: number }> {
  const uploadId = context.newToken();
  const url = await context.blobs.uploadLink(importUploadName(uploadId), {
    contentType: 'application/gzip',
    maximumBytes: MAXIMUM_UPLOAD_BYTES,
  });
  return { uploadId, url, maximumBytes: MAXIMUM_UPLOAD_BYTES };
}
