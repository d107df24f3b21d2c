import { UnreachableError } from '../../client/src/client.ts';

/** The text of a log. Its link leads to where logs are kept, not to the dispatcher, and needs no token. */
export async function downloadLog(url: string): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url);
    if (response.ok) return await response.text();
  } catch (cause) {
    throw new UnreachableError(`no answer from ${new URL(url).origin}, where logs are kept`, { cause });
  }
  throw new UnreachableError(`${new URL(url).origin} answered ${response.status} for the log`);
}
