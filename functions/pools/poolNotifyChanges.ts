import { announceList } from '../../shared/actions/announceList.ts';
import type * as contract from '../../shared/contract/pools.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const poolNotifyChanges: OperationFunction<typeof contract.poolNotifyChanges> = async ({
  context,
  once,
}) => {
  await announceList(context, 'pools', once);
  return {};
};
