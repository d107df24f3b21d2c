import type * as contract from '../../shared/contract/system.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { inEffect } from '../../shared/model/settings.ts';

export const systemGetLDAPConfiguration: OperationFunction<
  typeof contract.systemGetLDAPConfiguration
> = async ({ context }) => {
  const settings = await context.ldapSettings.getSettings();
  const { bindSecret, ...fields } = inEffect(settings);
  const groups = fields.groups.map((entry) => ({ ...entry }));
  return {
    configuration: {
      ...fields,
      urls: [...fields.urls],
      groups,
      hasBindPassword: bindSecret !== null,
      version: settings.version,
    },
  };
};
