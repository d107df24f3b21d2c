import { assertOutranks } from '../../shared/actions/assertOutranks.ts';
import { changeUser } from '../../shared/actions/changeUser.ts';
import type * as contract from '../../shared/contract/users.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const userConfigure: OperationFunction<typeof contract.userConfigure> = async ({
  context,
  operation,
  caller,
  input,
}) => {
  const { name, ...changes } = input.user;
  await changeUser(context, name, changes, async (before, after) => {
    for (const user of [before, after]) await assertOutranks(context, caller, operation.name, user);
  });
  return {};
};
