import { removeNode } from '../../shared/actions/removeNode.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeRemoveRegistration: OperationFunction<typeof contract.nodeRemoveRegistration> = async ({
  context,
  input,
  once,
}) => {
  await removeNode(context, input.id, once);
  return {};
};
