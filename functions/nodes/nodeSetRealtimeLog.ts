import { setNodeWish } from '../../shared/actions/commandNode.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeSetRealtimeLog: OperationFunction<typeof contract.nodeSetRealtimeLog> = async ({
  context,
  input,
}) => ({
  delivery: await setNodeWish(context, input.id, { realtimeLog: input.status }),
});
