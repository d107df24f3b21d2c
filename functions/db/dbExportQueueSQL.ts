import type * as contract from '../../shared/contract/db.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const dbExportQueueSQL: OperationFunction<typeof contract.dbExportQueueSQL> = async ({ context }) =>
  (await import('../../shared/actions/exportQueue.ts')).exportQueue(context);
