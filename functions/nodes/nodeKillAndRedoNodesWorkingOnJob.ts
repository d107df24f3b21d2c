import { commandKillOnJob } from '../../shared/actions/killOnJob.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeKillAndRedoNodesWorkingOnJob: OperationFunction<
  typeof contract.nodeKillAndRedoNodesWorkingOnJob
> = async ({ context, input, once }) => ({
  nodeIds: await commandKillOnJob(context, input.id, 'redo', once),
});
