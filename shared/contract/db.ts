/** The db group: statistics and history as a whole. */
import * as z from 'zod/mini';
import { boundedText } from '../model/bounded.ts';
import { described } from '../model/described.ts';
import { onDemand } from '../model/onDemand.ts';
import { statisticsSampleSchema } from '../model/statistics.ts';
import { timeSchema } from '../model/time.ts';
import { defineRead, defineWrite, nothing, pageInput } from './operation.ts';

const group = 'db';
const callers = ['user'] as const;
const extent = onDemand(() =>
  z.strictObject({
    start: described(z.nullable(timeSchema()), 'Time of the first; null if there is none.'),
    end: described(z.nullable(timeSchema()), 'Time of the last; null if there is none.'),
    sampleCount: z.int(),
    isComplete: described(
      z.boolean(),
      'False if there are more than could be counted within fifteen seconds: sampleCount is how far the count came.',
    ),
  }),
);
const range = onDemand(() => ({
  start: described(z.nullable(timeSchema()), 'From this time on; null is from the beginning.'),
  end: described(z.nullable(timeSchema()), 'To this time, which is included; null is to now.'),
}));
const cleared = onDemand(() =>
  z.strictObject({
    removedCount: described(z.int(), 'Samples that this call has removed.'),
    remaining: described(
      z.nullable(z.strictObject({ start: timeSchema(), end: timeSchema() })),
      'What is still to be cleared, and will be within minutes by itself; null if nothing is left.',
    ),
  }),
);

export const dbGetStatisticsBounds = defineRead({
  group,
  name: 'dbGetStatisticsBounds',
  callers,
  input: () => ({}),
  output: extent,
  text: 'Tells from when to when there are samples of statistics, and how many. There is one for each minute of the last two days in which something happened, and one an hour before and between.',
});

export const dbGetHistoryBounds = defineRead({
  group,
  name: 'dbGetHistoryBounds',
  callers,
  input: () => ({}),
  output: extent,
  text: 'Tells when the first and the last attempt in history ended, and how many attempts there are. It counts all of them, which costs an eighth of a read unit for each KB of keys.',
});

export const dbGetStatistics = defineRead({
  group,
  name: 'dbGetStatistics',
  callers,
  input: () => ({
    start: described(z.optional(timeSchema()), 'From this time on.'),
    end: described(z.optional(timeSchema()), 'To this time, which is included.'),
    ...pageInput(),
  }),
  output: () =>
    z.strictObject({
      samples: z.array(statisticsSampleSchema()),
      nextPageToken: z.nullable(z.string()),
    }),
  text: 'Retrieves samples of the statistics page by page, in the order of time. Counters only grow until they are restarted, so the difference of two samples says what was done between them. What ended in the last minute is not counted yet; what begins and ends between two minutes of an idle farm is counted within the hour.',
});

export const dbClearStatisticsBounds = defineWrite({
  group,
  name: 'dbClearStatisticsBounds',
  callers,
  right: 'manage-databases',
  input: range,
  output: cleared,
  text: 'Clears the samples of statistics between two times, both included. If the last sample is among them, counters begin anew with the next. The same call again does no harm.',
});

export const dbClearHistoryBounds = defineWrite({
  group,
  name: 'dbClearHistoryBounds',
  callers,
  right: 'manage-databases',
  input: range,
  output: cleared,
  text: 'Clears the attempts that ended between two times, both included, from history; jobs and chunks stay as they are. What is too much for one call is cleared in steps within the next minutes. The same call again does no harm.',
});

export const dbExportQueueSQL = defineRead({
  group,
  name: 'dbExportQueueSQL',
  callers,
  right: 'manage-databases',
  input: () => ({}),
  output: () =>
    z.strictObject({
      sql: described(z.nullable(z.string()), 'The text; null if it has more than 4 MB.'),
      url: described(
        z.nullable(z.string()),
        'Link to the text, packed by gzip and good for five minutes; null if the text is here.',
      ),
      jobCount: described(z.int(), 'Jobs and folders in it.'),
      chunkCount: described(z.int(), 'Chunks in it: those that were touched, of the present generation.'),
    }),
  ofQueue: true,
  errors: ['queue-too-large'],
  text: 'Retrieves the queue as standard SQL: jobs, their attributes and chunks; pools, users, groups and repositories for reading along. There are no passwords and no tokens in it. What changes meanwhile may be in it or not, job by job.',
});

export const dbImportUploadLink = defineWrite({
  group,
  name: 'dbImportUploadLink',
  callers,
  right: 'manage-databases',
  input: () => ({}),
  output: () =>
    z.strictObject({
      uploadId: described(z.string(), 'To be given to dbImportQueueSQL.'),
      url: described(
        z.string(),
        'Link under which the text, packed by gzip, is uploaded with PUT and the content type application/gzip; good for five minutes.',
      ),
      maximumBytes: described(z.int(), 'The largest upload, packed.'),
    }),
  text: 'Gives a link under which a text of SQL is uploaded that is too long for dbImportQueueSQL. Nothing changes by that; what is not imported is removed after a week.',
});

export const dbImportQueueSQL = defineWrite({
  group,
  name: 'dbImportQueueSQL',
  callers,
  right: 'manage-databases',
  creates: true,
  maximumBytes: 4_194_304,
  input: () => ({
    sql: described(
      z.optional(boundedText(1, 4_000_000)),
      'The text, if the body of the request has no more than 4 MB with it.',
    ),
    uploadId: described(
      z.optional(z.string().check(z.regex(/^[A-Za-z0-9_-]{16,64}$/, 'must be an id of dbImportUploadLink'))),
      'The text that was uploaded, in the place of `sql`; no more than 64 MB unpacked.',
    ),
  }),
  output: () =>
    z.strictObject({
      importId: described(z.string(), 'Names this import in the activity log.'),
      result: described(
        z.enum(['ready', 'started']),
        '`started`: it goes on by itself; the same request, with its token, carries it on at once and tells when it is ready.',
      ),
      jobCount: described(z.int(), 'Jobs and folders in the text.'),
      chunkCount: described(z.int(), 'Chunks in the text.'),
      doneCount: described(z.int(), 'Jobs and folders of the text that are in the queue so far.'),
      exportName: described(
        z.nullable(z.string()),
        'Blob with the queue that was there before, as SQL packed by gzip; null until it is written.',
      ),
      exportUrl: described(z.nullable(z.string()), 'Link to it, good for five minutes.'),
    }),
  errors: ['import-refused', 'queue-importing', 'conflict', 'not-found'],
  text: 'Replaces the queue by that of a text of SQL, such as dbExportQueueSQL gives: jobs that are in the text take the place of those that have their ids, all others are deleted. The text is read apart from everything, may make tables and rows and nothing else, and is checked as a whole before anything changes. Then the engine stands still, calls that read or change the queue are refused with `queue-importing`, and what was there is exported; it takes half a minute at least. Chunks that were running wait again. Users, groups, pools and repositories of the text are checked and left as they are. Consoles hear of each job.',
});

const flush = (name: string, what: string) =>
  defineWrite({
    group,
    name,
    callers,
    right: 'manage-databases',
    input: () => ({}),
    output: nothing,
    errors: ['flush-timeout'],
    text: `Waits until ${what}. Nothing has to be flushed to be safe: what was answered is written. After 20 seconds it gives up.`,
  });

export const dbFlush = flush(
  'dbFlush',
  'everything that was written to the queue before has come through the change feed: whatever follows from it has been done or is in a queue',
);

export const dbHistoryFlush = flush(
  'dbHistoryFlush',
  'every attempt that has ended before this call is in history',
);

export const dbBackupFlush = flush(
  'dbBackupFlush',
  'everything that goes into a backup is there, history too; a backup itself is written when it is answered',
);
