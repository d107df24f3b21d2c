import { clearBetween } from '../../shared/actions/clearBetween.ts';
import type * as contract from '../../shared/contract/db.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const dbClearHistoryBounds: OperationFunction<typeof contract.dbClearHistoryBounds> = ({
  context,
  input: { start, end },
}) => clearBetween(context, 'history', { start, end });
