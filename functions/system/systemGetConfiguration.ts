import type * as contract from '../../shared/contract/system.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { inEffect } from '../../shared/model/settings.ts';

export const systemGetConfiguration: OperationFunction<typeof contract.systemGetConfiguration> = async ({
  context,
}) => {
  const settings = await context.configuration.getSettings();
  const { revision: _r, importing: _i, hookTemplates: _h, ...configuration } = inEffect(settings);
  return {
    configuration: { ...configuration, version: settings.version },
    temporary: Object.keys(settings.temporary).sort(),
  };
};
