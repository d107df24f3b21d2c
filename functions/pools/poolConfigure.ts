import { configurePool } from '../../shared/actions/configurePool.ts';
import type * as contract from '../../shared/contract/pools.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const poolConfigure: OperationFunction<typeof contract.poolConfigure> = async ({ context, input }) => {
  await configurePool(context, input.pool);
  return {};
};
