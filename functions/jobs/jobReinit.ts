import { reinitJob } from '../../shared/actions/reinitJob.ts';
import type * as contract from '../../shared/contract/jobs.ts';
import { mayChange } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const jobReinit: OperationFunction<typeof contract.jobReinit> = async ({
  context,
  operation,
  caller,
  input,
  once,
}) => {
  await reinitJob(context, input.id, once, mayChange(caller, operation.name));
  return {};
};
