import { listLogs } from '../../shared/actions/readLog.ts';
import type * as contract from '../../shared/contract/system.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const systemGetActionLogsList: OperationFunction<typeof contract.systemGetActionLogsList> = async ({
  context,
}) => ({ names: await listLogs(context, 'action') });
