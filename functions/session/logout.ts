import type * as contract from '../../shared/contract/session.ts';
import { userOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const logout: OperationFunction<typeof contract.logout> = async ({ context, operation, caller }) => {
  const { name, tokenId } = userOf(caller, operation.name);
  await context.tokens.revoke({ kind: 'user', name }, tokenId);
  return {};
};
