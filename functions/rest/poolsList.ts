import { poolGetList } from '../../shared/contract/pools.ts';
import { everyPage } from './everyPage.ts';
import type { RestFunction } from './index.ts';

export const poolsList: RestFunction = async ({ request: { parameters }, operate }) => {
  const { entries, nextPageToken } = await everyPage(parameters['pageToken'], async (input) => {
    const { pools, ...rest } = await operate(poolGetList, input);
    return { entries: pools, ...rest };
  });
  return {
    pools: entries.map(({ name, description, nodes }) => ({ name, description, members: nodes })),
    nextPageToken,
  };
};
