import { mayChange } from '../../shared/actions/mayChange.ts';
import { reinitJob } from '../../shared/actions/reinitJob.ts';
import type * as contract from '../../shared/contract/jobs.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const jobReinit: OperationFunction<typeof contract.jobReinit> = async ({
  context,
  operation,
  caller,
  input,
  once,
}) => {
  await reinitJob(context, input.id, once, mayChange(context, caller, operation.name));
  return {};
};
