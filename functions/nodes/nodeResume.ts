import { setNodeWish } from '../../shared/actions/commandNode.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeResume: OperationFunction<typeof contract.nodeResume> = async ({ context, input }) => {
  await setNodeWish(context, input.id, { paused: false });
  return {};
};
