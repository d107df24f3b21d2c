import { readLog } from '../../shared/actions/readLog.ts';
import type * as contract from '../../shared/contract/system.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const systemGetActivityLog: OperationFunction<typeof contract.systemGetActivityLog> = ({
  context,
  input,
}) => readLog(context, 'activity', input);
