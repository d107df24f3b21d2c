import { scanNodes } from '../../shared/actions/scanNodes.ts';
import type * as contract from '../../shared/contract/system.ts';
import { userOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const systemStartNodesNetworkScan: OperationFunction<
  typeof contract.systemStartNodesNetworkScan
> = async ({ context, operation, caller, once }) => {
  const { startedAt, answerBy } = await scanNodes(context, userOf(caller, operation.name).name, once);
  return { startedAt, answerBy };
};
