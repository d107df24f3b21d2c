/** Ended attempts. Written by the projector alone; the key is the attempt, so writing one twice changes nothing. */
import type { AttemptOutcome } from '../model/chunk.ts';
import type { HistoryChunk } from '../model/history.ts';
import { milliseconds, monthOf, monthsBetween } from '../model/time.ts';
import { keys, SHARDS } from './keys.ts';
import { everyItem } from './pages.ts';
import type { Item, Page, Table } from './table.ts';

export interface AttemptPage {
  readonly attempts: readonly HistoryChunk[];
  /** Sort key after which the generation goes on; undefined at its end. */
  readonly next: string | undefined;
}

/** An attempt as the index by time has it. */
export interface EndedAttempt {
  readonly jobId: number;
  readonly index: number;
  readonly outcome: AttemptOutcome;
}

const shards = Array.from({ length: SHARDS }, (_, shard) => shard);

export function historyStore(table: Table) {
  return {
    /** Attempts are kept for so many days from their end, or from when they were put back. */
    async putAttempts(
      attempts: readonly HistoryChunk[],
      keptDays: number,
      putBackAt?: string,
    ): Promise<void> {
      await table.batchWrite('history', {
        puts: attempts.map((attempt) => attemptItem(attempt, keptDays, putBackAt ?? attempt.endedAt)),
      });
    },

    /** A page of the attempts of one generation, of one chunk or all, in the order of chunks. Pattern H1. */
    async attempts(
      jobId: number,
      generation: number,
      options: {
        readonly index: number | undefined;
        readonly limit: number;
        readonly after: AttemptPage['next'];
      },
    ): Promise<AttemptPage> {
      const page = await table.query({
        table: 'history',
        partition: keys.attemptPartition(jobId, generation),
        limit: options.limit,
        ...(options.index === undefined ? {} : keys.attemptsOfChunk(options.index)),
        ...(options.after === undefined
          ? {}
          : { after: { pk: keys.attemptPartition(jobId, generation), sk: options.after } }),
      });
      return { attempts: page.items.map(attemptOf), next: page.next?.sk };
    },

    /** Attempts that ended between two times, the second excluded, in no order; the index may lag. Pattern H2. */
    async endedBetween(from: string, until: string): Promise<EndedAttempt[]> {
      if (from >= until) return [];
      const parts = await Promise.all(
        partitionsBetween(from, until).map(async (partition) => {
          const ended: EndedAttempt[] = [];
          for await (const item of everyItem(table, { ...byTime, partition, from, to: until })) {
            if (item['timeSk'] === until) continue;
            ended.push({ ...keys.attemptIn(item), outcome: item['outcome'] as AttemptOutcome });
          }
          return ended;
        }),
      );
      return parts.flat();
    },

    /** When the first or the last attempt of a month ended; undefined if there was none. Pattern H3. */
    async edgeOfMonth(month: string, edge: 'first' | 'last'): Promise<string | undefined> {
      const pages = await Promise.all(
        shards.map((shard) =>
          table.query({
            ...byTime,
            partition: keys.monthPartitionOfShard(month, shard),
            limit: 1,
            backward: edge === 'last',
          }),
        ),
      );
      const times = pages.flatMap(({ items }) => items.map((item) => String(item['timeSk']))).sort();
      return edge === 'first' ? times[0] : times.at(-1);
    },

    /** How many attempts ended in a month, told page by page; false from `onPage` stops the count. Pattern H4. */
    async countMonth(month: string, onPage: (count: number) => boolean): Promise<void> {
      await Promise.all(
        shards.map(async (shard) => {
          const query = { ...byTime, partition: keys.monthPartitionOfShard(month, shard) };
          let after: Page['next'];
          do {
            const page = await table.query({ ...query, ...(after && { after }) });
            if (!onPage(page.items.length)) return;
            after = page.next;
          } while (after !== undefined);
        }),
      );
    },

    /**
     * Removes attempts of a month that ended from `from` to `to`, both inclusive, at most about `limit`; answers with
     * how many, and whether none is left. Pattern H5.
     */
    async removeOfMonth(
      month: string,
      { from, to, limit }: { readonly from: string; readonly to: string; readonly limit: number },
    ): Promise<{ readonly removedCount: number; readonly isDone: boolean }> {
      const parts = await Promise.all(
        shards.map(async (shard) => {
          const query = { ...byTime, partition: keys.monthPartitionOfShard(month, shard), from, to };
          const share = Math.ceil(limit / SHARDS);
          let removedCount = 0;
          let after: Page['next'];
          do {
            const page = await table.query({
              ...query,
              limit: Math.min(1_000, share - removedCount),
              // On from the last page, not from the start: the index shows for a moment what is gone.
              ...(after && { after }),
            });
            await table.batchWrite('history', { deletes: page.items.map(({ pk, sk }) => ({ pk, sk })) });
            removedCount += page.items.length;
            after = page.next;
          } while (after !== undefined && removedCount < share);
          return { removedCount, isDone: after === undefined };
        }),
      );
      return {
        removedCount: parts.reduce((sum, part) => sum + part.removedCount, 0),
        isDone: parts.every(({ isDone }) => isDone),
      };
    },
  };
}

export type HistoryStore = ReturnType<typeof historyStore>;

const byTime = { table: 'history', index: 'byTime' } as const;

const partitionsBetween = (from: string, to: string): string[] =>
  monthsBetween(from, to).flatMap((month) => shards.map((shard) => keys.monthPartitionOfShard(month, shard)));

function attemptItem(attempt: HistoryChunk, keptDays: number, keptFrom: string): Item {
  return {
    ...keys.attempt(attempt.jobId, attempt.generation, attempt.chunkId - 1, attempt.attempt),
    ...attempt,
    timePk: keys.monthPartition(monthOf(attempt.endedAt), attempt.jobId),
    timeSk: attempt.endedAt,
    expiresAt: Math.floor(milliseconds(keptFrom) / 1000) + keptDays * 86_400,
  };
}

function attemptOf(item: Item): HistoryChunk {
  const { pk: _pk, sk: _sk, timePk: _month, timeSk: _at, expiresAt: _expires, ...attempt } = item;
  return attempt as unknown as HistoryChunk;
}
