import { listChunks } from '../../shared/actions/listChunks.ts';
import type * as contract from '../../shared/contract/chunks.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { pageToken, readPageToken } from '../../shared/store/pages.ts';

export const chunkGetList: OperationFunction<typeof contract.chunkGetList> = async ({ context, input }) => {
  const from = readPageToken('chunks', input.pageToken) ?? (input.from ?? 1) - 1;
  const { chunks, next } = await listChunks(context, input.jobId, from, input.limit);
  return {
    chunks: chunks.filter(({ status }) => input.status === undefined || status === input.status),
    nextPageToken: next === undefined ? null : pageToken('chunks', next),
  };
};
