import { updateNode } from '../../shared/actions/updateNode.ts';
import type * as contract from '../../shared/contract/nodeProtocol.ts';
import { nodeOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeUpdate: OperationFunction<typeof contract.nodeUpdate> = async ({
  context,
  operation,
  caller,
  input,
}) => {
  const node = { nodeId: nodeOf(caller, operation.name), session: input.session };
  await updateNode(context, node, input);
  return {};
};
