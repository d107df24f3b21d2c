import { commandKillOnJob } from '../../shared/actions/killOnJob.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeKillAndGoOnNodesWorkingOnJob: OperationFunction<
  typeof contract.nodeKillAndGoOnNodesWorkingOnJob
> = async ({ context, input, once }) => ({
  nodeIds: await commandKillOnJob(context, input.id, 'go-on', once),
});
