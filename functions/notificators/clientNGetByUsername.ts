import { listConnections } from '../../shared/actions/viewConnection.ts';
import type * as contract from '../../shared/contract/notificators.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const clientNGetByUsername: OperationFunction<typeof contract.clientNGetByUsername> = async ({
  context,
  input,
}) => ({
  notificators: await listConnections(context, 'notificator', input.username),
});
