/** Reading lists page by page. */

/** Large enough for few requests when a filter drops most of a page, small enough for jobs with long attributes. */
const SMALLEST_PAGE = 100;
const LARGEST_PAGE = 500;

export interface Page {
  readonly limit: number;
  readonly pageToken?: string;
}

export interface Collected<Entry> {
  readonly entries: readonly Entry[];
  /** False if there is more than was asked for. */
  readonly isComplete: boolean;
}

/** Reads pages until the list ends or so many entries are there. Pages may be short: only the token tells the end. */
export async function collect<Entry>(
  limit: number,
  read: (
    page: Page,
  ) => Promise<{ readonly entries: readonly Entry[]; readonly nextPageToken: string | null }>,
): Promise<Collected<Entry>> {
  const entries: Entry[] = [];
  const size = Math.min(LARGEST_PAGE, Math.max(SMALLEST_PAGE, limit + 1));
  let pageToken: string | null = null;
  do {
    const page: Page = { limit: size, ...(pageToken === null ? {} : { pageToken }) };
    const answer = await read(page);
    entries.push(...answer.entries);
    pageToken = answer.nextPageToken;
  } while (pageToken !== null && entries.length <= limit);
  return { entries: entries.slice(0, limit), isComplete: pageToken === null && entries.length <= limit };
}
