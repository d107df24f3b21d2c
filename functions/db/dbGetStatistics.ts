import type * as contract from '../../shared/contract/db.ts';
import type { OperationFunction } from '../../shared/http/exchange.ts';
import { pageToken, readTextPageToken } from '../../shared/store/pages.ts';

const KIND = 'statistics';
const EVER = { start: '0000-01-01T00:00:00.000Z', end: '9999-12-31T23:59:59.999Z' } as const;

export const dbGetStatistics: OperationFunction<typeof contract.dbGetStatistics> = async ({
  context,
  input: { start = EVER.start, end = EVER.end, limit, pageToken: token },
}) => {
  const page = await context.statistics.list({ start, end, limit, after: readTextPageToken(KIND, token) });
  return {
    samples: page.samples.map(({ countedUntil: _until, isCalm: _calm, ...sample }) => sample),
    nextPageToken: page.next === undefined ? null : pageToken(KIND, page.next),
  };
};
