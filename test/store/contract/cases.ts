import type { CapacityUse, FeedRecord, Item, Page, Query, Table } from '../../../shared/store/table.ts';

/** An adapter under test. */
export interface Subject {
  readonly table: Table;
  /** Changes that the feed brought since the last call; may be empty although more will come. */
  readonly feed: () => Promise<FeedRecord[]>;
  /** Capacity of every call so far. */
  readonly uses: readonly CapacityUse[];
  readonly close: () => Promise<void>;
}

/** Cases by the sentence that they prove; each gets a partition that nobody else writes to. */
export type Cases = Readonly<Record<string, (subject: Subject, partition: string) => Promise<void>>>;

const patienceMilliseconds = 20_000;
const pauseMilliseconds = 20;

/** Repeats an assertion until it holds: indexes and the feed of DynamoDB lag. Fails with the last failure. */
export async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + patienceMilliseconds;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
    }
  }
}

/** All pages of a query. */
export async function allPages(table: Table, query: Query): Promise<Page[]> {
  const pages: Page[] = [];
  let page: Page | undefined;
  do {
    page = await table.query(page?.next === undefined ? query : { ...query, after: page.next });
    pages.push(page);
  } while (page.next !== undefined);
  return pages;
}

export const sortKeys = (items: readonly Item[]): string[] => items.map(({ sk }) => sk);
