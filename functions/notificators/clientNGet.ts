import { getConnection } from '../../shared/actions/viewConnection.ts';
import type * as contract from '../../shared/contract/notificators.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const clientNGet: OperationFunction<typeof contract.clientNGet> = async ({ context, input }) => ({
  notificator: await getConnection(context, 'notificator', input.id),
});
