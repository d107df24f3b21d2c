/** Ended attempts. Written by the projector alone; the key is the attempt, so writing one twice changes nothing. */
import type { HistoryChunk } from '../model/history.ts';
import { milliseconds } from '../model/time.ts';
import { keys } from './keys.ts';
import type { Item, Table } from './table.ts';

export interface AttemptPage {
  readonly attempts: readonly HistoryChunk[];
  /** Sort key after which the generation goes on; undefined at its end. */
  readonly next: string | undefined;
}

export function historyStore(table: Table) {
  return {
    async putAttempts(attempts: readonly HistoryChunk[], keptDays: number): Promise<void> {
      await table.batchWrite('history', { puts: attempts.map((attempt) => attemptItem(attempt, keptDays)) });
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
  };
}

export type HistoryStore = ReturnType<typeof historyStore>;

function attemptItem(attempt: HistoryChunk, keptDays: number): Item {
  const day = attempt.endedAt.slice(0, 10);
  return {
    ...keys.attempt(attempt.jobId, attempt.generation, attempt.chunkId - 1, attempt.attempt),
    ...attempt,
    dayPk: keys.dayPartition(day, attempt.jobId),
    daySk: attempt.endedAt,
    expiresAt: Math.floor(milliseconds(attempt.endedAt) / 1000) + keptDays * 86_400,
  };
}

function attemptOf(item: Item): HistoryChunk {
  const { pk: _pk, sk: _sk, dayPk: _day, daySk: _at, expiresAt: _expires, ...attempt } = item;
  return attempt as unknown as HistoryChunk;
}
