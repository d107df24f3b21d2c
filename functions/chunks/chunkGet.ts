import { getChunk } from '../../shared/actions/listChunks.ts';
import type * as contract from '../../shared/contract/chunks.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const chunkGet: OperationFunction<typeof contract.chunkGet> = async ({ context, input }) => ({
  chunk: await getChunk(context, input.jobId, input.chunkId),
});
