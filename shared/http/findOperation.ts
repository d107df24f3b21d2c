/** Finds the operation of a route; 404 for what the group does not have. */
import { type Operation, route } from '../contract/operation.ts';
import { DispatcherError } from '../errors.ts';
import type { Middleware } from './exchange.ts';

export function findOperation(operations: readonly Operation[]): Middleware {
  const byRoute = new Map(
    operations.map((operation) => {
      const { method, path } = route(operation);
      return [`${method} ${path}`, operation];
    }),
  );
  return {
    before({ event, internal }) {
      const { method } = event.requestContext.http;
      const operation = byRoute.get(`${method} ${event.rawPath}`);
      if (operation === undefined)
        throw new DispatcherError('no-such-operation', { method, path: event.rawPath });
      internal.operation = operation;
    },
  };
}
