import { listLogs } from '../../shared/actions/readLog.ts';
import type * as contract from '../../shared/contract/system.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const systemGetActivityLogsList: OperationFunction<
  typeof contract.systemGetActivityLogsList
> = async ({ context }) => ({ names: await listLogs(context, 'activity') });
