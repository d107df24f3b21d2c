import { resetStatistics } from '../../shared/actions/resetStatistics.ts';
import type * as contract from '../../shared/contract/system.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const systemResetStatisticsCounters: OperationFunction<
  typeof contract.systemResetStatisticsCounters
> = async ({ context, once }) => {
  await resetStatistics(context, once);
  return {};
};
