import { addToken } from '../../shared/actions/addToken.ts';
import { tokenListFor } from '../../shared/actions/tokenListFor.ts';
import type * as contract from '../../shared/contract/session.ts';
import { userOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const tokenAdd: OperationFunction<typeof contract.tokenAdd> = async ({
  context,
  operation,
  caller,
  input,
}) => {
  const holder = await tokenListFor(context, caller, operation.name, input);
  const { description, days } = input;
  return addToken(context, holder, { description, days, createdBy: userOf(caller, operation.name).name });
};
