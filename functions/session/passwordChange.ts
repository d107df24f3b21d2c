import { changePassword } from '../../shared/actions/changePassword.ts';
import type * as contract from '../../shared/contract/session.ts';
import { userOf } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const passwordChange: OperationFunction<typeof contract.passwordChange> = async ({
  context,
  operation,
  caller,
  address,
  input,
}) =>
  changePassword(context, userOf(caller, operation.name).name, input.password, input.newPassword, address);
