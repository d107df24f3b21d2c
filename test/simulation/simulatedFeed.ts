/**
 * The change feed as DynamoDB Streams and Lambda deliver it: in order for each item and in no order between items, in
 * pieces, late, again; a batch that fails comes in halves until the bad record is alone, and after five tries that one is
 * put aside.
 */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { toStreamEvent } from '../../shared/store/streamRecords.ts';
import type { FeedRecord } from '../../shared/store/table.ts';
import type { Faults } from './faults.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtualTime.ts';

export type FeedConsumer = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

const SHARDS = 6;
const TRIES = 5;

export class SimulatedFeed {
  readonly #shards: Shard[];

  constructor(time: VirtualTime, faults: Faults, random: Random, consume: FeedConsumer) {
    this.#shards = Array.from({ length: SHARDS }, () => new Shard(time, faults, random, consume));
  }

  append(record: FeedRecord): void {
    const { pk = '', sk = '' } = record.after ?? record.before ?? {};
    // By item and not by partition: streams promise order for an item only.
    let hash = 7;
    for (const unit of `${record.table}${pk}/${sk}`) hash = (Math.imul(hash, 31) + unit.charCodeAt(0)) | 0;
    this.#shards[Math.abs(hash) % SHARDS]?.append(record);
  }

  get isAtRest(): boolean {
    return this.#shards.every(({ isAtRest }) => isAtRest);
  }

  get dropped(): number {
    return this.#shards.reduce((sum, { dropped }) => sum + dropped, 0);
  }
}

class Shard {
  readonly #time: VirtualTime;
  readonly #faults: Faults;
  readonly #random: Random;
  readonly #consume: FeedConsumer;
  readonly #records: FeedRecord[] = [];
  #isRunning = false;
  dropped = 0;

  constructor(time: VirtualTime, faults: Faults, random: Random, consume: FeedConsumer) {
    this.#time = time;
    this.#faults = faults;
    this.#random = random;
    this.#consume = consume;
  }

  get isAtRest(): boolean {
    return !this.#isRunning;
  }

  append(record: FeedRecord): void {
    this.#records.push(record);
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    let size = Number.POSITIVE_INFINITY;
    let failures = 0;
    while (this.#records.length > 0) {
      const late = this.#faults.strikes('feed-late')
        ? this.#faults.stream('feed-late').between(0, 30_000)
        : 0;
      await this.#time.pause(this.#random.between(20, 250) + late);
      const batch = this.#records.slice(0, Math.min(size, this.#random.integer(1, 40)));
      if (await this.#succeeds(batch)) {
        if (this.#faults.strikes('feed-doubled')) await this.#succeeds(batch);
      } else if (batch.length > 1 || failures + 1 < TRIES) {
        failures = batch.length === 1 ? failures + 1 : 0;
        size = Math.max(1, Math.floor(batch.length / 2));
        await this.#time.pause(100 * 2 ** failures);
        continue;
      } else {
        this.dropped += 1;
      }
      this.#records.splice(0, batch.length);
      size = Number.POSITIVE_INFINITY;
      failures = 0;
    }
    this.#isRunning = false;
  }

  async #succeeds(records: readonly FeedRecord[]): Promise<boolean> {
    try {
      const { batchItemFailures } = await this.#consume(toStreamEvent(records, (name) => name));
      return batchItemFailures.length === 0;
    } catch {
      // The function died: nothing of the batch is known to be done.
      return false;
    }
  }
}
