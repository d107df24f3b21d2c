import { setNodeWish } from '../../shared/actions/commandNode.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeSetProcessPriority: OperationFunction<typeof contract.nodeSetProcessPriority> = async ({
  context,
  input,
}) => ({
  delivery: await setNodeWish(context, input.id, { processPriority: input.priority }),
});
