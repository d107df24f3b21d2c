import { setOidcConfiguration } from '../../shared/actions/setOidcConfiguration.ts';
import type * as contract from '../../shared/contract/system.ts';
import { assertDecidesLogins } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const systemSetOIDCConfiguration: OperationFunction<
  typeof contract.systemSetOIDCConfiguration
> = async ({ context, operation, caller, input }) => {
  assertDecidesLogins(caller, operation.name);
  await setOidcConfiguration(context, input.configuration, input.store);
  return {};
};
