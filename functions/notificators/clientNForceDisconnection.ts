import { forceDisconnection } from '../../shared/actions/sendLiveMessage.ts';
import type * as contract from '../../shared/contract/notificators.ts';
import { userOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const clientNForceDisconnection: OperationFunction<
  typeof contract.clientNForceDisconnection
> = async ({ context, operation, caller, input, once }) => {
  const { name } = userOf(caller, operation.name);
  await forceDisconnection(context, 'notificator', input.id, name, once);
  return {};
};
