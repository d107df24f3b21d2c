import { restartFarm } from '../../shared/actions/restartFarm.ts';
import type * as contract from '../../shared/contract/system.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const systemSoftRestart: OperationFunction<typeof contract.systemSoftRestart> = async ({
  context,
  once,
}) => {
  await restartFarm(context, once);
  return {};
};
