/**
 * Samples of the statistics, and what the tick must know of them: since when counters count, and clearings that go
 * on. All stand in one partition, samples first, so that the tick sees the end of it in one read.
 */
import type { KeptSample } from '../model/statistics.ts';
import { keys } from './keys.ts';
import { everyItem } from './pages.ts';
import { type Item, isNew, isThere, type Table, type Value } from './table.ts';

export const clearables = ['statistics', 'history'] as const;
export type Clearable = (typeof clearables)[number];

/** Somebody asked to clear what lies between two times, and not all is done. */
export interface Clearing {
  readonly what: Clearable;
  readonly start: string;
  readonly end: string;
  /** Nothing before it is left; it moves on towards `end`. */
  readonly remainingFrom: string;
}

export interface StatisticsView {
  readonly last: KeptSample | undefined;
  /** When somebody restarted the counters last. */
  readonly resetAt: string | undefined;
  readonly clearings: readonly Clearing[];
}

/** Samples that one look does not pass over, and far more clearings than people ask for at a time. */
const LOOK = 20;
/** Bounds of samples: they begin with a digit, everything else with a letter. */
const samples = { from: '0', to: ':' } as const;
const isSample = ({ sk }: Item): boolean => sk < samples.to;

export function statisticsStore(table: Table) {
  const partition = keys.statisticsPartition;

  return {
    /** The last sample and what stands beside the samples. Pattern S1. */
    async look(options: { readonly consistent: boolean }): Promise<StatisticsView> {
      const query = { table: 'history', partition, backward: true, ...options } as const;
      const { items, next } = await table.query({ ...query, limit: LOOK });
      const found = items.find(isSample);
      const last =
        found === undefined && next !== undefined
          ? (await table.query({ ...query, ...samples, limit: 1 })).items[0]
          : found;
      const reset = items.find(({ sk }) => sk === keys.statisticsReset.sk);
      return {
        last: last && sampleOf(last),
        resetAt: reset && String(reset['at']),
        clearings: items.filter(({ sk }) => sk.startsWith('clearing#')).map(clearingOf),
      };
    },

    /** Writes the sample of a minute; false if that was written before. */
    async putSample(sample: KeptSample, expiresAt: number): Promise<boolean> {
      const item = {
        ...keys.statisticsSample(sample.at),
        ...(sample as unknown as Record<string, Value>),
        expiresAt,
      };
      return (await table.put('history', item, isNew)).applied;
    },

    /** A page of samples in the order of time. Pattern S2. */
    async list(options: {
      readonly start: string;
      readonly end: string;
      readonly limit: number;
      readonly after: string | undefined;
    }): Promise<{ readonly samples: readonly KeptSample[]; readonly next: string | undefined }> {
      const { start, end, limit, after } = options;
      const page = await table.query({
        table: 'history',
        partition,
        from: start,
        to: end,
        limit,
        ...(after === undefined ? {} : { after: { ...keys.statisticsSample(after) } }),
      });
      return { samples: page.items.map(sampleOf), next: page.next?.sk };
    },

    /** The times of all samples, in their order. Pattern S3. */
    async *times(): AsyncGenerator<string> {
      for await (const { sk } of everyItem(table, { table: 'history', partition, ...samples })) yield sk;
    },

    /** Removes samples between two times, both inclusive, at most `limit`. Pattern S4. */
    async removeBetween(
      from: string,
      to: string,
      limit: number,
    ): Promise<{ readonly removedCount: number; readonly isDone: boolean }> {
      let removedCount = 0;
      for (;;) {
        const most = Math.min(1_000, limit - removedCount);
        if (most <= 0) return { removedCount, isDone: false };
        const page = await table.query({
          table: 'history',
          partition,
          from,
          to,
          limit: most,
          consistent: true,
        });
        await table.batchWrite('history', { deletes: page.items.map(({ pk, sk }) => ({ pk, sk })) });
        removedCount += page.items.length;
        if (page.next === undefined) return { removedCount, isDone: true };
      }
    },

    /** Lets counters count from now on. */
    async reset(at: string): Promise<void> {
      await table.put('history', { ...keys.statisticsReset, at });
    },

    /** Notes a clearing; answers with the one that stands, if somebody asked for the same before. */
    async beginClearing(clearing: Clearing): Promise<Clearing> {
      const result = await table.put('history', clearingItem(clearing), isNew);
      return result.applied || result.present === undefined ? clearing : clearingOf(result.present);
    },

    /** Notes how far a clearing has come, unless it is done. */
    async moveClearing(clearing: Clearing, remainingFrom: string): Promise<void> {
      await table.put('history', clearingItem({ ...clearing, remainingFrom }), isThere);
    },

    async endClearing({ what, start, end }: Clearing): Promise<void> {
      await table.delete('history', keys.clearing(what, start, end));
    },
  };
}

export type StatisticsStore = ReturnType<typeof statisticsStore>;

function sampleOf(item: Item): KeptSample {
  const { pk: _pk, sk: _sk, expiresAt: _expires, ...sample } = item;
  return sample as unknown as KeptSample;
}

const clearingItem = (clearing: Clearing): Item => ({
  ...keys.clearing(clearing.what, clearing.start, clearing.end),
  ...clearing,
});

const clearingOf = (item: Item): Clearing => ({
  what: item['what'] as Clearable,
  start: String(item['start']),
  end: String(item['end']),
  remainingFrom: String(item['remainingFrom']),
});
