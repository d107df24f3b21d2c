import { sendLiveMessage } from '../../shared/actions/sendLiveMessage.ts';
import type * as contract from '../../shared/contract/clients.ts';
import { userOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const sendMessageToConsole: OperationFunction<typeof contract.sendMessageToConsole> = async ({
  context,
  operation,
  caller,
  input,
  once,
}) => sendLiveMessage(context, 'console', input, userOf(caller, operation.name).name, once);
