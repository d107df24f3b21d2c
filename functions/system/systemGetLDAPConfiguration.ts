import type * as contract from '../../shared/contract/system.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const systemGetLDAPConfiguration: OperationFunction<
  typeof contract.systemGetLDAPConfiguration
> = async ({ context }) => {
  const { present, version } = await context.ldapSettings.getWithVersion();
  const { bindSecret, ...fields } = present;
  const groups = fields.groups.map((entry) => ({ ...entry }));
  return {
    configuration: {
      ...fields,
      urls: [...fields.urls],
      groups,
      hasBindPassword: bindSecret !== null,
      version,
    },
  };
};
