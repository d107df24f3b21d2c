import { configureNode } from '../../shared/actions/configureNode.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import { withoutJob } from '../../shared/domain/exclusions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodePurgeJobsExclusions: OperationFunction<typeof contract.nodePurgeJobsExclusions> = async ({
  context,
  input,
}) => {
  await configureNode(context, input.id, (node) => withoutJob(node, input.jobId));
  return {};
};
