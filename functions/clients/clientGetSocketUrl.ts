import type * as contract from '../../shared/contract/clients.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const clientGetSocketUrl: OperationFunction<typeof contract.clientGetSocketUrl> = async ({
  context,
}) => ({
  url: context.liveUrl(),
});
