import { finishOidcLogin } from '../../shared/actions/oidcLogin.ts';
import type * as contract from '../../shared/contract/session.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const oidcLoginFinish: OperationFunction<typeof contract.oidcLoginFinish> = async ({
  context,
  address,
  input,
}) => finishOidcLogin(context, input, address);
