import { findLog } from '../../shared/actions/findLog.ts';
import type * as contract from '../../shared/contract/chunks.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const chunkGetLog: OperationFunction<typeof contract.chunkGetLog> = async ({ context, input }) =>
  findLog(context, input);
