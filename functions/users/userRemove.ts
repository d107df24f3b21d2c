import { assertOutranks } from '../../shared/actions/assertOutranks.ts';
import { removeUser } from '../../shared/actions/removeUser.ts';
import type * as contract from '../../shared/contract/users.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const userRemove: OperationFunction<typeof contract.userRemove> = async ({
  context,
  operation,
  caller,
  input,
  once,
}) => {
  await removeUser(context, input.name, once, (user) =>
    assertOutranks(context, caller, operation.name, user),
  );
  return {};
};
