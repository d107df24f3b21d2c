import { mayChange } from '../../shared/actions/mayChange.ts';
import { touchJob } from '../../shared/actions/touchJob.ts';
import type * as contract from '../../shared/contract/jobs.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const jobUpdate: OperationFunction<typeof contract.jobUpdate> = async ({
  context,
  operation,
  caller,
  input,
}) => {
  await touchJob(context, input.id, mayChange(context, caller, operation.name));
  return {};
};
