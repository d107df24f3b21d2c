import { jobGetList } from '../../shared/contract/jobs.ts';
import { everyPage } from './everyPage.ts';
import type { RestFunction } from './index.ts';
import { readNumber } from './readNumbers.ts';
import { writeJob } from './writeJob.ts';

export const queueList: RestFunction = async ({ request: { parameters }, operate }) => {
  const parentId = readNumber('parentId', parameters['parentId']);
  const filter = parentId === undefined ? {} : { parentId };
  const { entries, nextPageToken } = await everyPage(parameters['pageToken'], async (input) => {
    const { jobs, ...rest } = await operate(jobGetList, { ...input, ...filter });
    return { entries: jobs, ...rest };
  });
  return { queue: entries.map(writeJob), nextPageToken };
};
