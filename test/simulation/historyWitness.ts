/** Sees what history and the statistics keep and lose: nothing goes but what somebody asked to clear, and counters only grow. */
import type { KeptSample } from '../../shared/model/statistics.ts';
import { keys, kindOf } from '../../shared/store/keys.ts';
import type { FeedRecord, Item, Key } from '../../shared/store/table.ts';
import type { TableName } from '../../shared/store/tables.ts';

/** A range that somebody asked to clear, both bounds included. */
export interface ClearingOrder {
  readonly what: 'history' | 'statistics';
  readonly start: string | null;
  readonly end: string | null;
}

interface HistoryWitnessOptions {
  readonly now: () => number;
  readonly items: (table: TableName, partitionPrefix: string) => Iterable<Item>;
  readonly violate: (rule: string, details: string, jobId?: number) => void;
}

/** What was written so long before somebody asked is in every index by then. */
const INDEX_LAG_MS = 6_000;
const RULE = '9 cleared is what was asked for';

export class HistoryWitness {
  /** What people asked to clear. */
  readonly orders: ClearingOrder[] = [];
  /** Whether anybody restarted the counters. */
  hasReset = false;
  readonly #options: HistoryWitnessOptions;
  readonly #putAt = new Map<string, number>();
  readonly #cleared = new Set<string>();

  constructor(options: HistoryWitnessOptions) {
    this.#options = options;
  }

  /** Of an item of the history. */
  changed({ before, after, expired }: FeedRecord): void {
    const item = after ?? before;
    if (item === undefined || expired) return;
    if (kindOf(item) === 'ATTEMPTS') {
      if (after !== undefined) this.#putAt.set(nameOf(item), this.#options.now());
      else this.#removed('history', item, String(item['timeSk']));
    }
    // Samples begin with a digit, what stands beside them does not.
    if (item.pk === keys.statisticsPartition && /^\d/.test(item.sk)) {
      if (after === undefined) this.#removed('statistics', item, item.sk);
      else this.#sampled(before, after as unknown as KeptSample);
    }
  }

  /** When an attempt was written last. */
  putAt(key: Key): number {
    return this.#putAt.get(nameOf(key)) ?? Number.NEGATIVE_INFINITY;
  }

  wasCleared(key: Key): boolean {
    return this.#cleared.has(nameOf(key));
  }

  /** Somebody who asked at that time was told that nothing is left. */
  told({ what, start, end }: ClearingOrder, askedAt: number): void {
    if (what !== 'history') return;
    const until = end ?? new Date(askedAt - INDEX_LAG_MS).toISOString();
    for (const item of this.#options.items('history', 'ATTEMPTS#')) {
      const endedAt = String(item['timeSk']);
      const isLeft = (start ?? '') <= endedAt && endedAt <= until;
      if (isLeft && this.putAt(item) < askedAt - INDEX_LAG_MS) {
        this.#options.violate(RULE, `${nameOf(item)} of ${endedAt} is still there`);
      }
    }
  }

  #removed(what: ClearingOrder['what'], item: Item, at: string): void {
    this.#cleared.add(nameOf(item));
    const isAskedFor = this.orders.some(
      (order) => order.what === what && (order.start ?? '') <= at && at <= (order.end ?? '9'),
    );
    if (!isAskedFor) this.#options.violate(RULE, `${nameOf(item)} of ${at} is gone`);
  }

  #sampled(before: Item | undefined, sample: KeptSample): void {
    const { violate } = this.#options;
    const last = this.#sampleBefore(sample.at);
    const isOfAMinute = Date.parse(sample.at) % 60_000 === 0;
    if (!isOfAMinute) violate('one sample a minute', `the sample of ${sample.at} is of no whole minute`);
    if (before !== undefined) violate('one sample a minute', `the sample of ${sample.at} was written twice`);
    const mayBegin = this.hasReset || this.orders.some(({ what }) => what === 'statistics');
    if (last === undefined || (mayBegin && last.countersSince !== sample.countersSince)) return;
    // Two ticks that both find no sample each begin the counters; nothing was counted by then.
    if (last.framesCompleted + last.chunksCompleted + last.failures === 0) return;
    const isGrown =
      last.countersSince === sample.countersSince &&
      last.countedUntil <= sample.countedUntil &&
      last.framesCompleted <= sample.framesCompleted &&
      last.chunksCompleted <= sample.chunksCompleted &&
      last.failures <= sample.failures;
    if (!isGrown) {
      violate('counters only grow', `${JSON.stringify(last)} is followed by ${JSON.stringify(sample)}`);
    }
  }

  /** By its minute: two ticks at once, with clocks on two sides of a minute, may write two samples in any order. */
  #sampleBefore(at: string): KeptSample | undefined {
    let last: KeptSample | undefined;
    for (const item of this.#options.items('history', keys.statisticsPartition)) {
      const isBefore = /^\d/.test(item.sk) && item.sk < at;
      if (isBefore && item.sk > (last?.at ?? '')) last = item as unknown as KeptSample;
    }
    return last;
  }
}

const nameOf = ({ pk, sk }: Key): string => `${pk}/${sk}`;
