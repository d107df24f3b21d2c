/** Hooks that failed, each under its key. What has expired may still stand there and is left out. */
import type { HookMessage } from '../contract/queueMessages.ts';
import type { Clock } from '../model/clock.ts';
import type { HookFailure } from '../model/hookFailure.ts';
import { isoTime } from '../model/time.ts';
import { keys } from './keys.ts';
import { everyItem } from './pages.ts';
import type { Item, Table, Value } from './table.ts';

const KEPT_SECONDS = 14 * 86_400;

/** What is kept of a failure beside what is told of it. */
export interface KeptFailure extends HookFailure {
  /** What runs the hook again; null for a hook that answers a question. */
  readonly retry: HookMessage | null;
}

type NewFailure = Omit<KeptFailure, 'count' | 'isGivenUp' | 'firstAt' | 'lastAt'>;

export function hookFailureStore(table: Table, clock: Clock) {
  const nowSeconds = (): number => Math.floor(clock.now() / 1_000);

  return {
    /** Counts a failure; answers with how often the hook has failed under this key. */
    async note({ key, ...failure }: NewFailure): Promise<number> {
      const now = isoTime(clock.now());
      const result = await table.update('farm', keys.hookFailure(key), {
        set: {
          ...(failure as unknown as Record<string, Value>),
          lastAt: now,
          expiresAt: nowSeconds() + KEPT_SECONDS,
        },
        setIfAbsent: { firstAt: now },
        add: { count: 1 },
      });
      if (!result.applied) throw new Error('an unguarded write was not applied');
      return Number(result.item?.['count']);
    },

    /** Notes that a hook is not tried again; `failure` tells of it where nothing is known of its failures. */
    async giveUp({ key, ...failure }: NewFailure): Promise<void> {
      const now = isoTime(clock.now());
      await table.update('farm', keys.hookFailure(key), {
        set: { isGivenUp: true, expiresAt: nowSeconds() + KEPT_SECONDS },
        setIfAbsent: {
          ...(failure as unknown as Record<string, Value>),
          firstAt: now,
          lastAt: now,
          count: 1,
        },
      });
    },

    /** Every failure that is kept. Pattern T5. */
    async list(): Promise<readonly KeptFailure[]> {
      const failures: KeptFailure[] = [];
      const query = { table: 'farm', partition: keys.hookFailurePartition } as const;
      for await (const item of everyItem(table, query)) {
        if (Number(item['expiresAt']) > nowSeconds()) failures.push(failureOf(item));
      }
      return failures;
    },

    /** Pattern T6. */
    async find(key: string): Promise<KeptFailure | undefined> {
      const item = await table.get('farm', keys.hookFailure(key), { consistent: true });
      return item === undefined || Number(item['expiresAt']) <= nowSeconds() ? undefined : failureOf(item);
    },

    async remove(key: string): Promise<void> {
      await table.delete('farm', keys.hookFailure(key));
    },
  };
}

export type HookFailureStore = ReturnType<typeof hookFailureStore>;

function failureOf(item: Item): KeptFailure {
  const { pk: _pk, sk: key, expiresAt: _expires, isGivenUp, ...failure } = item;
  return { ...failure, key, isGivenUp: Boolean(isGivenUp) } as unknown as KeptFailure;
}
