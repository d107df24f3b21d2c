import { beginOidcLogin } from '../../shared/actions/oidcLogin.ts';
import type * as contract from '../../shared/contract/session.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const oidcLoginBegin: OperationFunction<typeof contract.oidcLoginBegin> = async ({
  context,
  address,
  input,
}) => beginOidcLogin(context, input.returnAddress, address);
