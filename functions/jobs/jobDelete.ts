import { deleteJob } from '../../shared/actions/deleteJob.ts';
import { mayChange } from '../../shared/actions/mayChange.ts';
import type * as contract from '../../shared/contract/jobs.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const jobDelete: OperationFunction<typeof contract.jobDelete> = async ({
  context,
  operation,
  caller,
  input,
  once,
}) => {
  await deleteJob(context, input.id, once, mayChange(context, caller, operation.name));
  return {};
};
