import { listConnections } from '../../shared/actions/viewConnection.ts';
import type * as contract from '../../shared/contract/notificators.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const clientNGetList: OperationFunction<typeof contract.clientNGetList> = async ({ context }) => ({
  notificators: await listConnections(context, 'notificator'),
});
