import { retryHooks } from '../../shared/actions/retryHooks.ts';
import type * as contract from '../../shared/contract/templates.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const templateRetryHooks: OperationFunction<typeof contract.templateRetryHooks> = async ({
  context,
  input,
}) => ({ count: await retryHooks(context, input.key) });
