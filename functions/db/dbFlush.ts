import { flushFeed } from '../../shared/actions/flushFeed.ts';
import type * as contract from '../../shared/contract/db.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const dbFlush: OperationFunction<typeof contract.dbFlush> = async ({ context }) => {
  await flushFeed(context);
  return {};
};
