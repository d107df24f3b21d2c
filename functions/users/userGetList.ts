import { viewUser } from '../../shared/actions/viewUser.ts';
import type * as contract from '../../shared/contract/users.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { pageOfNames } from '../../shared/store/pages.ts';

export const userGetList: OperationFunction<typeof contract.userGetList> = async ({ context, input }) => {
  const { entries, nextPageToken } = pageOfNames('users', await context.users.list(), input);
  return { users: entries.map(viewUser), nextPageToken };
};
