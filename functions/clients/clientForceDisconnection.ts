import { forceDisconnection } from '../../shared/actions/sendLiveMessage.ts';
import type * as contract from '../../shared/contract/clients.ts';
import { userOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const clientForceDisconnection: OperationFunction<typeof contract.clientForceDisconnection> = async ({
  context,
  operation,
  caller,
  input,
  once,
}) => {
  const { name } = userOf(caller, operation.name);
  await forceDisconnection(context, 'console', input.id, name, once);
  return {};
};
