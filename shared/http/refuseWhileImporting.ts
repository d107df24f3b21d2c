/** While the queue is replaced nobody sees half of it, and nobody's change is lost in it. */
import { DispatcherError } from '../errors.ts';
import type { Context } from '../runtime/context.ts';
import type { Exchange, Middleware } from './exchange.ts';

/** Who knows only settings of a few seconds ago is waited for by the import. */
export function refuseWhileImporting(context: Context): Middleware {
  return {
    async before({ internal }) {
      const { operation } = internal as Exchange;
      if (!operation.ofQueue) return;
      if ((await context.configuration.get()).importing !== null)
        throw new DispatcherError('queue-importing');
    },
  };
}
