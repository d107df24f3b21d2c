import { removeLog } from '../../shared/actions/readLog.ts';
import type * as contract from '../../shared/contract/system.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const systemRemoveActionLog: OperationFunction<typeof contract.systemRemoveActionLog> = async ({
  context,
  input,
  once,
}) => {
  await removeLog(context, 'action', input.name, once);
  return {};
};
