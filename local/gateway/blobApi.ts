/** Uploads and downloads of blobs by their links. Nothing is held in memory. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { DispatcherError, notFound } from '../../shared/errors.ts';
import { type FileBlobs, isBlobName } from '../fileBlobs.ts';
import { writeAnswer } from './answers.ts';
import type { UploadGrant } from './blobLinks.ts';
import { ClientGoneError, chunksOf } from './requestBody.ts';

export const blobPath = '/blobs/';

/** Throws what the server turns into an error answer. */
export async function answerBlob(
  request: IncomingMessage,
  response: ServerResponse,
  target: { readonly path: string; readonly rawQuery: string },
  blobs: FileBlobs,
): Promise<void> {
  const method = request.method ?? 'GET';
  const name = target.path.slice(blobPath.length);
  if ((method !== 'PUT' && method !== 'GET') || !isBlobName(name)) {
    throw new DispatcherError('no-such-operation', { method, path: target.path });
  }
  const grant = blobs.links.check(method, name, new URLSearchParams(target.rawQuery));
  if (grant.method === 'PUT') {
    await upload(request, grant, blobs);
    writeAnswer(request, response, { status: 200, headers: {}, body: '' });
  } else {
    await download(request, response, name, blobs);
  }
}

async function upload(request: IncomingMessage, grant: UploadGrant, blobs: FileBlobs): Promise<void> {
  const { name, maximumBytes, contentType } = grant;
  if (request.headers['content-type'] !== contentType) {
    const rule = `it is for an upload of ${contentType}`;
    throw new DispatcherError('forbidden', { caller: 'This link', operation: `PUT ${name}`, rule });
  }
  await blobs.save(name, chunksOf(request, maximumBytes, 'The upload'));
}

async function download(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  blobs: FileBlobs,
): Promise<void> {
  const blob = await blobs.find(name);
  if (blob === undefined) throw notFound('blob', name);
  response.writeHead(200, {
    'content-type': blob.contentType,
    'content-length': blob.size,
    'cache-control': 'private, no-store',
    // Blobs come from render nodes: a browser must show them as what they are called and run nothing in them.
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  try {
    await pipeline(blob.content, response);
  } catch (error) {
    if (request.destroyed || response.destroyed) {
      throw new ClientGoneError('the client went away', { cause: error });
    }
    throw error;
  }
}
