import { UnreachableError } from '../../client/src/client.ts';

/** A log or a picture, as `what` says. Its link leads to where both are kept, not to the dispatcher, and needs no token. */
export async function downloadBlob(url: string, what: 'log' | 'picture'): Promise<Uint8Array> {
  const { origin } = new URL(url);
  let response: Response;
  try {
    response = await fetch(url);
    if (response.ok) return await response.bytes();
  } catch (cause) {
    throw new UnreachableError(`no answer from ${origin}, where the ${what} is kept`, { cause });
  }
  throw new UnreachableError(`${origin} answered ${response.status} for the ${what}`);
}

/** The text of a log. */
export const downloadLog = async (url: string): Promise<string> =>
  new TextDecoder().decode(await downloadBlob(url, 'log'));
