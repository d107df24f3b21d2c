import { broadcastJob } from '../../shared/actions/broadcastJob.ts';
import { submitJob } from '../../shared/actions/submitJob.ts';
import type * as contract from '../../shared/contract/jobs.ts';
import { withJobDefaults } from '../../shared/domain/jobDefaults.ts';
import { depthOfJobsBy, ownerFor, withinLimits } from '../../shared/domain/permissions.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const jobSubmit: OperationFunction<typeof contract.jobSubmit> = async ({
  context,
  operation,
  caller,
  input,
  once,
}) => {
  const template = await context.templates.findKept(input.job.templateId);
  const job = withinLimits(caller, operation.name, withJobDefaults(template, input.job));
  const submit = job.packetType === 'broadcast' ? broadcastJob : submitJob;
  return submit(context, job, ownerFor(caller, operation.name, input.owner), once, depthOfJobsBy(caller));
};
