import { configureNode } from '../../shared/actions/configureNode.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import { withoutTemplate } from '../../shared/domain/exclusions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodePurgeTemplatesExclusion: OperationFunction<
  typeof contract.nodePurgeTemplatesExclusion
> = async ({ context, input }) => {
  await configureNode(context, input.id, (node) => withoutTemplate(node, input.templateId));
  return {};
};
