import { viewJob } from '../../shared/actions/viewJob.ts';
import type * as contract from '../../shared/contract/jobs.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';

export const jobGet: OperationFunction<typeof contract.jobGet> = async ({ context, input }) => {
  const { spec, state } = await context.jobs.get(input.id);
  return { job: viewJob(spec, state) };
};
