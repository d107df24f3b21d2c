import { addUser } from '../../shared/actions/addUser.ts';
import { assertOutranks } from '../../shared/actions/assertOutranks.ts';
import type * as contract from '../../shared/contract/users.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const userAdd: OperationFunction<typeof contract.userAdd> = async ({
  context,
  operation,
  caller,
  input,
  once,
}) => {
  await assertOutranks(context, caller, operation.name, input.user);
  await addUser(context, input.user, once);
  return {};
};
