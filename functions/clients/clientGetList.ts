import { listConnections } from '../../shared/actions/viewConnection.ts';
import type * as contract from '../../shared/contract/clients.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const clientGetList: OperationFunction<typeof contract.clientGetList> = async ({ context }) => ({
  clients: await listConnections(context, 'console'),
});
