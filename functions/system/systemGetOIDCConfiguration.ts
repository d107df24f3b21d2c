import type * as contract from '../../shared/contract/system.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const systemGetOIDCConfiguration: OperationFunction<
  typeof contract.systemGetOIDCConfiguration
> = async ({ context }) => {
  const { present, version } = await context.oidcSettings.getWithVersion();
  const { clientSecretName, ...fields } = present;
  return {
    configuration: {
      ...fields,
      scopes: [...fields.scopes],
      groups: fields.groups.map((entry) => ({ ...entry })),
      returnAddresses: [...fields.returnAddresses],
      hasClientSecret: clientSecretName !== null,
      version,
    },
  };
};
