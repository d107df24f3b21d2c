import { pauseNode } from '../../shared/actions/commandNode.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodePause: OperationFunction<typeof contract.nodePause> = async ({ context, input }) => {
  await pauseNode(context, input.id, input.kill);
  return {};
};
