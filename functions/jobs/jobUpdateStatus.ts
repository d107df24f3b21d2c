import { updateJobStatus } from '../../shared/actions/updateJobStatus.ts';
import type * as contract from '../../shared/contract/jobs.ts';
import { mayChange } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const jobUpdateStatus: OperationFunction<typeof contract.jobUpdateStatus> = async ({
  context,
  operation,
  caller,
  input,
}) => ({
  result: await updateJobStatus(context, input.id, mayChange(caller, operation.name)),
});
