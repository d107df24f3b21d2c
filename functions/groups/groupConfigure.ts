import { configureGroup } from '../../shared/actions/configureGroup.ts';
import type * as contract from '../../shared/contract/groups.ts';
import { assertHasAll, userOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const groupConfigure: OperationFunction<typeof contract.groupConfigure> = async ({
  context,
  operation,
  caller,
  input,
}) => {
  const { name, ...changes } = input.group;
  await configureGroup(context, name, changes, (before, after) => {
    for (const group of [before, after]) assertHasAll(userOf(caller, operation.name), operation.name, group);
  });
  return {};
};
