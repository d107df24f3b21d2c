import type * as contract from '../../shared/contract/groups.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { pageOfNames } from '../../shared/store/pages.ts';

export const groupGetList: OperationFunction<typeof contract.groupGetList> = async ({ context, input }) => {
  const { entries, nextPageToken } = pageOfNames('groups', await context.groups.list(), input);
  return { groups: entries, nextPageToken };
};
