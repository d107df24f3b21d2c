import { logIn } from '../../shared/actions/logIn.ts';
import type * as contract from '../../shared/contract/session.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const login: OperationFunction<typeof contract.login> = async ({ context, address, input }) =>
  logIn(context, input, address);
