import { nodeGetList } from '../../shared/contract/nodes.ts';
import { nodeStatuses } from '../../shared/model/node.ts';
import { everyPage } from './everyPage.ts';
import type { RestFunction } from './index.ts';

export const nodesList: RestFunction = async ({ request: { parameters }, operate }) => {
  const { entries, nextPageToken } = await everyPage(parameters['pageToken'], async (input) => {
    const { nodes, ...rest } = await operate(nodeGetList, input);
    return { entries: nodes, ...rest };
  });
  return {
    nodes: entries.map((node) => ({
      id: node.id,
      name: node.name,
      status: nodeStatuses[node.status].legacy,
      statusText: nodeStatuses[node.status].label,
      platform: node.platform,
      pools: node.pools,
      jobId: node.jobId ?? -1,
      notes: node.notes,
    })),
    nextPageToken,
  };
};
