import { editJob } from '../../shared/actions/editJob.ts';
import { viewJob } from '../../shared/actions/viewJob.ts';
import type * as contract from '../../shared/contract/jobs.ts';
import { mayChange } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const jobEdit: OperationFunction<typeof contract.jobEdit> = async ({
  context,
  operation,
  caller,
  input,
}) => {
  await editJob(context, input.id, input.changes, mayChange(caller, operation.name));
  const { spec, state } = await context.jobs.get(input.id);
  return { job: viewJob(spec, state) };
};
