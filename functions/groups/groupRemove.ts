import { removeGroup } from '../../shared/actions/removeGroup.ts';
import type * as contract from '../../shared/contract/groups.ts';
import { assertHasAll, userOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const groupRemove: OperationFunction<typeof contract.groupRemove> = async ({
  context,
  operation,
  caller,
  input,
  once,
}) => {
  await removeGroup(context, input.name, once, (group) =>
    assertHasAll(userOf(caller, operation.name), operation.name, group),
  );
  return {};
};
