import { readLiveLog } from '../../shared/actions/readLiveLog.ts';
import type * as contract from '../../shared/contract/chunks.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const chunkGetLiveLog: OperationFunction<typeof contract.chunkGetLiveLog> = async ({
  context,
  input,
}) => readLiveLog(context, input);
