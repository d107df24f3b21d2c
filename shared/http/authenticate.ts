/** Whose token came with the request, and whether that kind of caller may call the operation at all. */
import { assertMayCall } from '../domain/permissions.ts';
import { DispatcherError } from '../errors.ts';
import type { Context } from '../runtime/context.ts';
import type { Exchange, Middleware } from './exchange.ts';

export function authenticate(context: Context): Middleware {
  return {
    async before({ event, internal }) {
      const { operation } = internal as Exchange;
      if (operation.callers.includes('anyone')) return;
      const header = event.headers['authorization'];
      const token = /^Bearer ([\w-]{1,256})$/i.exec(header ?? '')?.[1];
      if (token === undefined) {
        const reason = header === undefined ? 'none was sent' : 'the header is not a bearer token';
        throw new DispatcherError('unauthenticated', { reason });
      }
      const caller = await context.tokens.findCaller(token);
      if (caller === undefined)
        throw new DispatcherError('unauthenticated', { reason: 'it is unknown or has expired' });
      internal.caller = caller;
      assertMayCall(operation, caller);
    },
  };
}
