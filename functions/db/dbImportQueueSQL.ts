import { importQueue } from '../../shared/actions/importQueue.ts';
import type * as contract from '../../shared/contract/db.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const dbImportQueueSQL: OperationFunction<typeof contract.dbImportQueueSQL> = ({
  context,
  input: { sql, uploadId },
  once,
}) => importQueue(context, { sql, uploadId }, once);
