import { viewJob } from '../../shared/actions/viewJob.ts';
import type * as contract from '../../shared/contract/jobs.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { pageToken, readPageToken } from '../../shared/store/pages.ts';

export const jobGetList: OperationFunction<typeof contract.jobGetList> = async ({ context, input }) => {
  const backward = input.order === 'newest-first';
  const kind = `jobs ${input.order}`;
  const page = await context.jobs.list({
    after: readPageToken(kind, input.pageToken),
    limit: input.limit,
    backward,
  });
  const jobs = page.jobs
    .filter(
      ({ spec, state }) =>
        (input.status === undefined || state.status === input.status) &&
        (input.parentId === undefined || spec.parentId === input.parentId) &&
        (input.owner === undefined || spec.owner === input.owner) &&
        (input.project === undefined || spec.project === input.project),
    )
    .map(({ spec, state }) => viewJob(spec, state));
  return { jobs, nextPageToken: page.nextAfter === undefined ? null : pageToken(kind, page.nextAfter) };
};
