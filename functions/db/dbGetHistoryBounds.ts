import { historyExtent } from '../../shared/actions/measureExtent.ts';
import type * as contract from '../../shared/contract/db.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const dbGetHistoryBounds: OperationFunction<typeof contract.dbGetHistoryBounds> = ({ context }) =>
  historyExtent(context);
