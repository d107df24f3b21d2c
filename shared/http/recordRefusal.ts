/** A write that was refused is in the action log too: somebody tried. */
import { recordAction } from '../actions/recordAction.ts';
import { DispatcherError } from '../errors.ts';
import type { Context } from '../runtime/context.ts';
import type { Exchange, Middleware } from './exchange.ts';

/** Further tries of one who guesses passwords cost nothing: the tries before are in the log. */
const UNRECORDED: ReadonlySet<string> = new Set(['too-many-logins']);

export function recordRefusal(context: Context): Middleware {
  return {
    async onError(request) {
      const { error, event, internal } = request;
      const { operation, caller, given } = internal as Partial<Exchange>;
      const result = error instanceof DispatcherError ? `${error.code}: ${error.message}` : 'internal';
      if (operation === undefined) return;
      if (error instanceof DispatcherError && UNRECORDED.has(error.code)) return;
      const address = event.requestContext.http.sourceIp;
      try {
        await recordAction(context, { operation, caller, address, given, result });
      } catch (failure) {
        // What cannot be recorded is our fault, and told as such.
        request.error = failure as Error;
      }
    },
  };
}
