/** How an action notes what it must not take or do twice when its request comes again. */
import type { Context } from '../runtime/context.ts';
import type { Value } from '../store/table.ts';

export interface Once {
  /**
   * Reserves a value with the request's token and answers with the one that stands: an earlier one if the
   * request came before. Call it before the first other write, once. `isRepeat` tells that it came before.
   */
  reserve<T extends Value>(
    make: () => Promise<T>,
  ): Promise<{ readonly value: T; readonly isRepeat: boolean }>;
}

/** For requests without a token: nothing came before. */
export const unrepeated: Once = {
  reserve: async (make) => ({ value: await make(), isRepeat: false }),
};

/** Whose requests the dispatcher's own are; no user can have this name. */
const DISPATCHER = '*dispatcher';

/** For what the dispatcher does by itself: once under a key, for a day. */
export const onceUnder = (context: Context, key: string): Once => ({
  async reserve<T extends Value>(make: () => Promise<T>) {
    const known = await context.requests.find(DISPATCHER, key);
    if (known !== undefined) return { value: known.reservation as T, isRepeat: true };
    const { reservation, isRepeat } = await context.requests.begin(DISPATCHER, key, key, await make());
    return { value: reservation as T, isRepeat };
  },
});
