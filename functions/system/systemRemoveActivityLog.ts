import { removeLog } from '../../shared/actions/readLog.ts';
import type * as contract from '../../shared/contract/system.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const systemRemoveActivityLog: OperationFunction<typeof contract.systemRemoveActivityLog> = async ({
  context,
  input,
  once,
}) => {
  await removeLog(context, 'activity', input.name, once);
  return {};
};
