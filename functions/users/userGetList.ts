import { listUsers } from '../../shared/actions/listUsers.ts';
import type * as contract from '../../shared/contract/users.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { pageOfNames } from '../../shared/store/pages.ts';

export const userGetList: OperationFunction<typeof contract.userGetList> = async ({ context, input }) => {
  const { users, directory } = await listUsers(context);
  const { entries, nextPageToken } = pageOfNames('users', users, input);
  return { users: entries, nextPageToken, directory };
};
