import { viewUser } from '../../shared/actions/viewUser.ts';
import type * as contract from '../../shared/contract/users.ts';
import { notFound } from '../../shared/errors.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const userGet: OperationFunction<typeof contract.userGet> = async ({ context, input }) => {
  const user = await context.users.find(input.name);
  if (user === undefined) throw notFound('user', input.name);
  return { user: viewUser(user) };
};
