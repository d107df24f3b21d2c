import { editJob } from '../../shared/actions/editJob.ts';
import { mayChange } from '../../shared/actions/mayChange.ts';
import { viewJob } from '../../shared/actions/viewJob.ts';
import type * as contract from '../../shared/contract/jobs.ts';
import { withinLimits } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const jobEdit: OperationFunction<typeof contract.jobEdit> = async ({
  context,
  operation,
  caller,
  input,
}) => {
  const changes = withinLimits(caller, operation.name, input.changes);
  await editJob(context, input.id, changes, mayChange(context, caller, operation.name));
  const { spec, state } = await context.jobs.get(input.id);
  return { job: viewJob(spec, state) };
};
