import { removePool } from '../../shared/actions/removePool.ts';
import type * as contract from '../../shared/contract/pools.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const poolRemove: OperationFunction<typeof contract.poolRemove> = async ({ context, input, once }) => {
  await removePool(context, input.name, once);
  return {};
};
