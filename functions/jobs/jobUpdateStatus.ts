import { mayChange } from '../../shared/actions/mayChange.ts';
import { updateJobStatus } from '../../shared/actions/updateJobStatus.ts';
import type * as contract from '../../shared/contract/jobs.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const jobUpdateStatus: OperationFunction<typeof contract.jobUpdateStatus> = async ({
  context,
  operation,
  caller,
  input,
}) => ({
  result: await updateJobStatus(context, input.id, mayChange(context, caller, operation.name)),
});
