import type * as contract from '../../shared/contract/system.ts';

import type { OperationFunction } from '../../shared/http/exchange.ts';

export const systemQueryEngineStatus: OperationFunction<typeof contract.systemQueryEngineStatus> = async ({
  context,
}) => {
  const { configuration } = await context.configuration.getWithVersion();
  return { running: configuration.engineRunning };
};
