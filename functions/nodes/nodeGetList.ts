import { viewNode } from '../../shared/actions/viewNode.ts';
import type * as contract from '../../shared/contract/nodes.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { pageToken, readPageToken } from '../../shared/store/pages.ts';

export const nodeGetList: OperationFunction<typeof contract.nodeGetList> = async ({ context, input }) => {
  const page = await context.nodes.list({
    after: readPageToken('nodes', input.pageToken),
    limit: input.limit,
  });
  const nodes = page.nodes
    .map(({ node, state }) => viewNode(node, state))
    .filter(
      (node) =>
        (input.status === undefined || node.status === input.status) &&
        (input.pool === undefined || node.pools.includes(input.pool)),
    );
  return { nodes, nextPageToken: page.nextAfter === undefined ? null : pageToken('nodes', page.nextAfter) };
};
