import { findAttemptBlob } from '../../shared/actions/findAttemptBlob.ts';
import type * as contract from '../../shared/contract/chunks.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const chunkGetThumbnail: OperationFunction<typeof contract.chunkGetThumbnail> = async ({
  context,
  input,
}) => findAttemptBlob(context, 'thumbnail', input);
