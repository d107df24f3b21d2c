import type * as contract from '../../shared/contract/session.ts';
import { userOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { rights as everyRight, type Right } from '../../shared/model/right.ts';

export const whoAmI: OperationFunction<typeof contract.whoAmI> = async ({ caller, operation }) => {
  const { name, isAdmin, groups, rights, pools, maximumPriority } = userOf(caller, operation.name);
  return {
    name,
    isAdmin,
    groups: [...groups],
    rights: isAdmin ? (Object.keys(everyRight) as Right[]) : [...rights],
    pools: [...pools],
    maximumPriority,
  };
};
