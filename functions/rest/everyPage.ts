/** Lists of the REST API are whole: the pages of an operation, one after the other, up to what an answer can hold. */

/** Beyond, `nextPageToken` of the answer goes on as `pageToken`: Lambda answers with 6 MB at most. */
const MOST_ENTRIES = 2_000;
const PAGE_ENTRIES = 1_000;

export async function everyPage<Entry>(
  pageToken: unknown,
  page: (input: { limit: number; pageToken?: string }) => Promise<{
    readonly entries: readonly Entry[];
    readonly nextPageToken: string | null;
  }>,
): Promise<{ entries: Entry[]; nextPageToken: string | null }> {
  const entries: Entry[] = [];
  let next: string | null = typeof pageToken === 'string' && pageToken !== '' ? pageToken : null;
  do {
    const answer = await page({ limit: PAGE_ENTRIES, ...(next === null ? {} : { pageToken: next }) });
    entries.push(...answer.entries);
    next = answer.nextPageToken;
  } while (next !== null && entries.length < MOST_ENTRIES);
  return { entries, nextPageToken: next };
}
