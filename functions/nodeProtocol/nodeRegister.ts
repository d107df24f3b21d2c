import type * as contract from '../../shared/contract/nodeProtocol.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

/** Rare beside claims and reports, so it is loaded when a node comes. */
export const nodeRegister: OperationFunction<typeof contract.nodeRegister> = async ({ context, input }) =>
  (await import('../../shared/actions/registerNode.ts')).registerNode(context, input);
