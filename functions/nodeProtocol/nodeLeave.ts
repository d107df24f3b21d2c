import { leaveNode } from '../../shared/actions/leaveNode.ts';
import type * as contract from '../../shared/contract/nodeProtocol.ts';
import { nodeOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeLeave: OperationFunction<typeof contract.nodeLeave> = async ({
  context,
  operation,
  caller,
  input,
}) => {
  await leaveNode(context, { nodeId: nodeOf(caller, operation.name), session: input.session });
  return {};
};
