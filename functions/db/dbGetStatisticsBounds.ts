import { statisticsExtent } from '../../shared/actions/measureExtent.ts';
import type * as contract from '../../shared/contract/db.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const dbGetStatisticsBounds: OperationFunction<typeof contract.dbGetStatisticsBounds> = ({
  context,
}) => statisticsExtent(context);
