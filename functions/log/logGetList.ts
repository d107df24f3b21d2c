import { lastLines } from '../../shared/actions/readLog.ts';
import type * as contract from '../../shared/contract/log.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const logGetList: OperationFunction<typeof contract.logGetList> = async ({ context, input }) => ({
  lines: await lastLines(context, input.limit),
});
