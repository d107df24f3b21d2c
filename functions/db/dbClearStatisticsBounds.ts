import { clearBetween } from '../../shared/actions/clearBetween.ts';
import type * as contract from '../../shared/contract/db.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const dbClearStatisticsBounds: OperationFunction<typeof contract.dbClearStatisticsBounds> = ({
  context,
  input: { start, end },
}) => clearBetween(context, 'statistics', { start, end });
