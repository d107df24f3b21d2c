import { deleteJob } from '../../shared/actions/deleteJob.ts';
import type * as contract from '../../shared/contract/jobs.ts';
import { mayChange } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const jobDelete: OperationFunction<typeof contract.jobDelete> = async ({
  context,
  operation,
  caller,
  input,
  once,
}) => {
  await deleteJob(context, input.id, once, mayChange(caller, operation.name));
  return {};
};
