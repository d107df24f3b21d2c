import { listConnections } from '../../shared/actions/viewConnection.ts';
import type * as contract from '../../shared/contract/clients.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const clientGetByUsername: OperationFunction<typeof contract.clientGetByUsername> = async ({
  context,
  input,
}) => ({
  clients: await listConnections(context, 'console', input.username),
});
