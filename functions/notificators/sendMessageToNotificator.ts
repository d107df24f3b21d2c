import { sendLiveMessage } from '../../shared/actions/sendLiveMessage.ts';
import type * as contract from '../../shared/contract/notificators.ts';
import { userOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const sendMessageToNotificator: OperationFunction<typeof contract.sendMessageToNotificator> = async ({
  context,
  operation,
  caller,
  input,
  once,
}) => sendLiveMessage(context, 'notificator', input, userOf(caller, operation.name).name, once);
