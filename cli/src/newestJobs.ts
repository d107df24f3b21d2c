/** The jobs that a view of the whole farm looks at. */
import type { Client } from '../../client/src/client.ts';
import type { Job } from '../../client/src/generated.ts';
import { type Collected, collect } from './pages.ts';

/** Newest first. */
export const newestJobs = (
  client: Client,
  limit: number,
  filter: Parameters<Client['jobGetList']>[0] = {},
): Promise<Collected<Job>> =>
  collect(limit, async (page) => {
    const { jobs, nextPageToken } = await client.jobGetList({ ...filter, order: 'newest-first', ...page });
    return { entries: jobs, nextPageToken };
  });
