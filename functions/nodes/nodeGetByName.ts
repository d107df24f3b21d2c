import { getNodeView } from '../../shared/actions/viewNode.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import { notFound } from '../../shared/errors.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const nodeGetByName: OperationFunction<typeof contract.nodeGetByName> = async ({ context, input }) => {
  const known = await context.nodes.findName(input.name);
  if (known === undefined) throw notFound('node', input.name);
  return { node: await getNodeView(context, known.nodeId) };
};
