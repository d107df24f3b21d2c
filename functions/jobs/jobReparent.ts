import { reparentJob } from '../../shared/actions/editJob.ts';
import type * as contract from '../../shared/contract/jobs.ts';
import { mayChange } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const jobReparent: OperationFunction<typeof contract.jobReparent> = async ({
  context,
  operation,
  caller,
  input,
}) => {
  await reparentJob(context, input.id, input.newParentId, mayChange(caller, operation.name));
  return {};
};
