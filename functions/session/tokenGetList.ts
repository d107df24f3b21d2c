import { tokenListFor } from '../../shared/actions/tokenListFor.ts';
import type * as contract from '../../shared/contract/session.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const tokenGetList: OperationFunction<typeof contract.tokenGetList> = async ({
  context,
  operation,
  caller,
  input,
}) => ({
  tokens: await context.tokens.list(await tokenListFor(context, caller, operation.name, input)),
});
