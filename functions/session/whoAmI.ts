import type * as contract from '../../shared/contract/session.ts';
import { userOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const whoAmI: OperationFunction<typeof contract.whoAmI> = async ({ caller, operation }) => {
  const { name, role } = userOf(caller, operation.name);
  return { name, role };
};
