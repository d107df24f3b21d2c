import { configureNode } from '../../shared/actions/configureNode.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeSetNotes: OperationFunction<typeof contract.nodeSetNotes> = async ({ context, input }) => {
  await configureNode(context, input.id, () => ({ notes: input.notes }));
  return {};
};
