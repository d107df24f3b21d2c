import { getPool } from '../../shared/actions/viewPool.ts';
import type * as contract from '../../shared/contract/pools.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const poolGet: OperationFunction<typeof contract.poolGet> = async ({ context, input }) => ({
  pool: await getPool(context, input.name),
});
