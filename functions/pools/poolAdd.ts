import { addPool } from '../../shared/actions/addPool.ts';
import type * as contract from '../../shared/contract/pools.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const poolAdd: OperationFunction<typeof contract.poolAdd> = async ({ context, input, once }) => {
  await addPool(context, input.pool, once);
  return {};
};
