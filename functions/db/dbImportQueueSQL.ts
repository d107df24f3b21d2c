import type * as contract from '../../shared/contract/db.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const dbImportQueueSQL: OperationFunction<typeof contract.dbImportQueueSQL> = async ({
  context,
  input: { sql, uploadId },
  once,
}) => (await import('../../shared/actions/importQueue.ts')).importQueue(context, { sql, uploadId }, once);
