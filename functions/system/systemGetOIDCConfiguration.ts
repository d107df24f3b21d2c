import type * as contract from '../../shared/contract/system.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { inEffect } from '../../shared/model/settings.ts';

export const systemGetOIDCConfiguration: OperationFunction<
  typeof contract.systemGetOIDCConfiguration
> = async ({ context }) => {
  const settings = await context.oidcSettings.getSettings();
  const { clientSecretName, ...fields } = inEffect(settings);
  return {
    configuration: {
      ...fields,
      scopes: [...fields.scopes],
      groups: fields.groups.map((entry) => ({ ...entry })),
      returnAddresses: [...fields.returnAddresses],
      hasClientSecret: clientSecretName !== null,
      version: settings.version,
    },
  };
};
