import { registerNode } from '../../shared/actions/registerNode.ts';
import type * as contract from '../../shared/contract/nodeProtocol.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeRegister: OperationFunction<typeof contract.nodeRegister> = async ({ context, input }) =>
  registerNode(context, input);
