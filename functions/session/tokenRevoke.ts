import { revokeToken } from '../../shared/actions/revokeToken.ts';
import { tokenListFor } from '../../shared/actions/tokenListFor.ts';
import type * as contract from '../../shared/contract/session.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const tokenRevoke: OperationFunction<typeof contract.tokenRevoke> = async ({
  context,
  operation,
  caller,
  input,
  once,
}) => {
  await revokeToken(context, await tokenListFor(context, caller, operation.name, input), input.id, once);
  return {};
};
