/**
 * Request tokens: a write that is sent twice has the effect of one. What an operation must not take twice (an
 * id, the version it saw) is reserved with the token before anything else is written; whoever comes again with
 * the token, after a crash in the middle too, goes on with that reservation.
 */
import type { Clock } from '../model/clock.ts';
import { keys } from './keys.ts';
import { isNew, type Table, type Value } from './table.ts';

/** A token is remembered for a day. */
const KEPT_SECONDS = 86_400;

export interface KnownRequest {
  readonly contentHash: string;
  readonly reservation: Value;
  /** The answer, once there is one. */
  readonly answer: Value | undefined;
}

export function requestStore(table: Table, clock: Clock) {
  return {
    /** Pattern Q1. */
    async find(caller: string, requestToken: string): Promise<KnownRequest | undefined> {
      const item = await table.get('queue', keys.request(caller, requestToken), { consistent: true });
      if (item === undefined) return undefined;
      return {
        contentHash: String(item['contentHash']),
        reservation: item['reservation'] ?? null,
        answer: item['answer'],
      };
    },

    /** Notes a request with its reservation; answers with what stands, which may have come before. */
    async begin(
      caller: string,
      requestToken: string,
      contentHash: string,
      reservation: Value,
    ): Promise<{ readonly contentHash: string; readonly reservation: Value; readonly isRepeat: boolean }> {
      const expiresAt = Math.floor(clock.now() / 1000) + KEPT_SECONDS;
      const item = { ...keys.request(caller, requestToken), contentHash, reservation, expiresAt };
      const result = await table.put('queue', item, isNew);
      if (result.applied) return { contentHash, reservation, isRepeat: false };
      return {
        contentHash: String(result.present?.['contentHash']),
        reservation: result.present?.['reservation'] ?? null,
        isRepeat: true,
      };
    },

    async finish(caller: string, requestToken: string, answer: Value): Promise<void> {
      await table.update('queue', keys.request(caller, requestToken), { set: { answer } });
    },
  };
}

export type RequestStore = ReturnType<typeof requestStore>;
