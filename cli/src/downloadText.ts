import { gunzipSync } from 'node:zlib';
import { UnreachableError } from '../../client/src/client.ts';

/** The packed text under a link, which leads to where texts are kept, not to the dispatcher, and needs no token. */
export async function downloadText(url: string): Promise<string> {
  const { origin } = new URL(url);
  let response: Response;
  try {
    response = await fetch(url);
    if (response.ok) return gunzipSync(await response.bytes()).toString('utf8');
  } catch (cause) {
    throw new UnreachableError(`no whole answer from ${origin}, where the text is kept`, { cause });
  }
  throw new UnreachableError(`${origin} answered ${response.status} for the text`);
}
