import { explainJob } from '../../shared/actions/explainJob.ts';
import type * as contract from '../../shared/contract/jobs.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { pageToken, readPageToken } from '../../shared/store/pages.ts';

export const jobExplain: OperationFunction<typeof contract.jobExplain> = async ({ context, input }) => {
  const page = { after: readPageToken('explain', input.pageToken), limit: input.limit };
  const { nextAfter, ...explanation } = await explainJob(context, input.id, page);
  return {
    runs: explanation.runs,
    job: [...explanation.job],
    nodes: [...explanation.nodes],
    nextPageToken: nextAfter === undefined ? null : pageToken('explain', nextAfter),
  };
};
