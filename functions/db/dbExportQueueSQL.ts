import { exportQueue } from '../../shared/actions/exportQueue.ts';
import type * as contract from '../../shared/contract/db.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const dbExportQueueSQL: OperationFunction<typeof contract.dbExportQueueSQL> = ({ context }) =>
  exportQueue(context);
