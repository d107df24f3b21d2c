/** How an action notes what it must not take or do twice when its request comes again. */
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
