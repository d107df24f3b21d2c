import { setLdapConfiguration } from '../../shared/actions/setLdapConfiguration.ts';
import type * as contract from '../../shared/contract/system.ts';
import { assertDecidesLogins } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const systemSetLDAPConfiguration: OperationFunction<
  typeof contract.systemSetLDAPConfiguration
> = async ({ context, operation, caller, input }) => {
  assertDecidesLogins(caller, operation.name);
  await setLdapConfiguration(context, input.configuration, input.store);
  return {};
};
