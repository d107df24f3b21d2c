import { wakeNode } from '../../shared/actions/wakeNode.ts';
import { wakePool } from '../../shared/actions/wakePool.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import { invalidInput } from '../../shared/errors.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeWake: OperationFunction<typeof contract.nodeWake> = async ({ context, input, once }) => {
  const { id, pool } = input;
  if (id !== undefined && pool === undefined) {
    return { sent: [await wakeNode(context, id, once)], unreached: [] };
  }
  if (id === undefined && pool !== undefined) return wakePool(context, pool, once);
  throw invalidInput('id', 'must be given, or pool in its place');
};
