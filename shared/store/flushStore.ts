/**
 * Markers on their way through the change feed: the projector removes those that it meets, after everything that it
 * met before them. A shard of the feed keeps its order, so when all markers of a flush are gone, whatever was written
 * before them has been followed.
 */
import type { Clock } from '../model/clock.ts';
import { keys } from './keys.ts';
import type { Item, Table } from './table.ts';

/**
 * Which shard a marker goes to is not ours to say: so many fall on each of four shards but once in a hundred million
 * times, and on each of eight but once in six hundred.
 */
const MARKERS = 64;
/** Markers of a call that gave up, if the projector never comes. */
const KEPT_SECONDS = 3_600;

export function flushStore(table: Table, clock: Clock) {
  const markers = (flushId: string): Item[] =>
    Array.from({ length: MARKERS }, (_, number) => ({
      ...keys.flushMarker(flushId, number),
      expiresAt: Math.floor(clock.now() / 1_000) + KEPT_SECONDS,
    }));

  return {
    /** Writes the markers of a flush. */
    async mark(flushId: string): Promise<void> {
      await table.batchWrite('queue', { puts: markers(flushId) });
    },

    /** Whether a marker of a flush is still there; strong. Pattern D1. */
    async isPending(flushId: string): Promise<boolean> {
      const names = Array.from({ length: MARKERS }, (_, number) => keys.flushMarker(flushId, number));
      return (await table.batchGet('queue', names, { consistent: true })).length > 0;
    },

    /** Removes markers that came by. */
    async acknowledge(met: readonly Item[]): Promise<void> {
      await table.batchWrite('queue', { deletes: met.map(({ pk, sk }) => ({ pk, sk })) });
    },
  };
}

export type FlushStore = ReturnType<typeof flushStore>;
