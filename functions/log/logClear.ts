import type * as contract from '../../shared/contract/log.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { timeAfter } from '../../shared/model/clock.ts';

export const logClear: OperationFunction<typeof contract.logClear> = async ({ context, once }) => {
  const { value: clearedAt } = await once.reserve(async () => timeAfter(context.clock));
  await context.logs.clear(clearedAt);
  return {};
};
