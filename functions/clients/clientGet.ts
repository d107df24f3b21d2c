import { getConnection } from '../../shared/actions/viewConnection.ts';
import type * as contract from '../../shared/contract/clients.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const clientGet: OperationFunction<typeof contract.clientGet> = async ({ context, input }) => ({
  client: await getConnection(context, 'console', input.id),
});
