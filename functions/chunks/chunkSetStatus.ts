import { changeChunkStatus } from '../../shared/actions/changeChunkStatus.ts';
import { mayChange } from '../../shared/actions/mayChange.ts';
import type * as contract from '../../shared/contract/chunks.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const chunkSetStatus: OperationFunction<typeof contract.chunkSetStatus> = async ({
  context,
  operation,
  caller,
  input,
  once,
}) => {
  await changeChunkStatus(context, input, once, mayChange(context, caller, operation.name));
  return {};
};
