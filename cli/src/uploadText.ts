import { UnreachableError } from '../../client/src/client.ts';

/** Puts a packed text under a link, which leads to where texts are kept, not to the dispatcher, and needs no token. */
export async function uploadText(url: string, packed: Uint8Array<ArrayBuffer>): Promise<void> {
  const { origin } = new URL(url);
  let status: number;
  try {
    const response = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': 'application/gzip' },
      body: packed,
    });
    await response.bytes();
    status = response.status;
  } catch (cause) {
    throw new UnreachableError(`no answer from ${origin}, where the text is to be kept`, { cause });
  }
  if (status >= 300) throw new UnreachableError(`${origin} answered ${status} to the text`);
}
