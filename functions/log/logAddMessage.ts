import { addLogMessage } from '../../shared/actions/addLogMessage.ts';
import type * as contract from '../../shared/contract/log.ts';
import { userOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const logAddMessage: OperationFunction<typeof contract.logAddMessage> = async ({
  context,
  operation,
  caller,
  input,
  once,
}) => {
  await addLogMessage(context, 'message', userOf(caller, operation.name).name, input.message, once);
  return {};
};
