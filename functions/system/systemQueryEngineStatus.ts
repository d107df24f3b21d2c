import type * as contract from '../../shared/contract/system.ts';

import type { OperationFunction } from '../../shared/http/exchange.ts';
import { handsOut } from '../../shared/model/configuration.ts';
import { inEffect } from '../../shared/model/settings.ts';

export const systemQueryEngineStatus: OperationFunction<typeof contract.systemQueryEngineStatus> = async ({
  context,
}) => {
  return { running: handsOut(inEffect(await context.configuration.getSettings())) };
};
