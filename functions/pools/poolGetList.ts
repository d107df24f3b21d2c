import { listPools } from '../../shared/actions/viewPool.ts';
import type * as contract from '../../shared/contract/pools.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { pageToken, readNamePageToken } from '../../shared/store/pages.ts';

export const poolGetList: OperationFunction<typeof contract.poolGetList> = async ({ context, input }) => {
  const { pools, nextAfter } = await listPools(context, {
    after: readNamePageToken('pools', input.pageToken),
    limit: input.limit,
  });
  return { pools, nextPageToken: nextAfter === undefined ? null : pageToken('pools', nextAfter) };
};
