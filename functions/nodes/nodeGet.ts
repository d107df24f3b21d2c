import { getNodeView } from '../../shared/actions/viewNode.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeGet: OperationFunction<typeof contract.nodeGet> = async ({ context, input }) => ({
  node: await getNodeView(context, input.id),
});
