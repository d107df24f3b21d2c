import { reparentJob } from '../../shared/actions/editJob.ts';
import { mayChange } from '../../shared/actions/mayChange.ts';
import type * as contract from '../../shared/contract/jobs.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const jobReparent: OperationFunction<typeof contract.jobReparent> = async ({
  context,
  operation,
  caller,
  input,
}) => {
  await reparentJob(context, input.id, input.newParentId, mayChange(context, caller, operation.name));
  return {};
};
