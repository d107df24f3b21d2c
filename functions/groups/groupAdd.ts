import { addGroup } from '../../shared/actions/addGroup.ts';
import type * as contract from '../../shared/contract/groups.ts';
import { assertHasAll, userOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const groupAdd: OperationFunction<typeof contract.groupAdd> = async ({
  context,
  operation,
  caller,
  input,
  once,
}) => {
  assertHasAll(userOf(caller, operation.name), operation.name, input.group);
  await addGroup(context, input.group, once);
  return {};
};
