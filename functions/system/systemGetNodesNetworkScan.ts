import type * as contract from '../../shared/contract/system.ts';
import { scanAnswerOf } from '../../shared/domain/nodesScan.ts';
import { notFound } from '../../shared/errors.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { timeAfter } from '../../shared/model/clock.ts';
import { pageToken, readPageToken } from '../../shared/store/pages.ts';

export const systemGetNodesNetworkScan: OperationFunction<
  typeof contract.systemGetNodesNetworkScan
> = async ({ context, input }) => {
  const kept = await context.nodesScans.find();
  if (kept === undefined) throw notFound('scan', 'of the nodes');
  const { scanId: _, ...scan } = kept;
  const after = readPageToken('scanned nodes', input.pageToken);
  const page = await context.nodes.list({ limit: input.limit, after });
  const now = timeAfter(context.clock);
  const nodes = page.nodes.map(({ node: { id, name }, state: { status, lastSeenAt } }) => {
    return { id, name, status, lastSeenAt, answer: scanAnswerOf(scan, lastSeenAt, now) };
  });
  return {
    scan,
    nodes: nodes.filter(({ answer }) => input.answer === undefined || answer === input.answer),
    nextPageToken: page.nextAfter === undefined ? null : pageToken('scanned nodes', page.nextAfter),
  };
};
