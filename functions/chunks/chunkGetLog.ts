import { findAttemptBlob } from '../../shared/actions/findAttemptBlob.ts';
import type * as contract from '../../shared/contract/chunks.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const chunkGetLog: OperationFunction<typeof contract.chunkGetLog> = async ({ context, input }) =>
  findAttemptBlob(context, 'log', input);
