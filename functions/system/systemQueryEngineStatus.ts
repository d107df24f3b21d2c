import type * as contract from '../../shared/contract/system.ts';

import type { OperationFunction } from '../../shared/http/exchange.ts';
import { inEffect } from '../../shared/model/settings.ts';

export const systemQueryEngineStatus: OperationFunction<typeof contract.systemQueryEngineStatus> = async ({
  context,
}) => {
  const { engineRunning } = inEffect(await context.configuration.getSettings());
  return { running: engineRunning };
};
