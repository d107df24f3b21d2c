import { wakeNode } from '../../shared/actions/wakeNode.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeWake: OperationFunction<typeof contract.nodeWake> = async ({ context, input, once }) =>
  wakeNode(context, input.id, once);
