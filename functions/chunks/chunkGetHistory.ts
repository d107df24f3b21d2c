import { listAttempts } from '../../shared/actions/listAttempts.ts';
import type * as contract from '../../shared/contract/chunks.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const chunkGetHistory: OperationFunction<typeof contract.chunkGetHistory> = async ({
  context,
  input,
}) => listAttempts(context, input);
