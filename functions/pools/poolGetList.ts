import { listPools } from '../../shared/actions/viewPool.ts';
import type * as contract from '../../shared/contract/pools.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { pageOfNames } from '../../shared/store/pages.ts';

export const poolGetList: OperationFunction<typeof contract.poolGetList> = async ({ context, input }) => {
  const { entries, nextPageToken } = pageOfNames('pools', await listPools(context), input);
  return { pools: entries, nextPageToken };
};
