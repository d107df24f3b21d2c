import { readLog } from '../../shared/actions/readLog.ts';
import type * as contract from '../../shared/contract/system.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const systemGetActionLog: OperationFunction<typeof contract.systemGetActionLog> = ({
  context,
  input,
}) => readLog(context, 'action', input);
