import { killRunning } from '../../shared/actions/commandNode.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeKillProcessAndRestart: OperationFunction<
  typeof contract.nodeKillProcessAndRestart
> = async ({ context, input, once }) => {
  await killRunning(context, input.id, 'redo', once);
  return {};
};
