/** The queue as SQL: told job by job, so that a queue of any length passes through in bounded memory. */
import { exportName } from '../blobs/blobStore.ts';
import { shardCount } from '../domain/chunking.ts';
import {
  chunkStatement,
  groupStatement,
  jobStatements,
  pathStatement,
  poolStatement,
  tableStatements,
  userStatement,
} from '../domain/queueTables.ts';
import { DispatcherError } from '../errors.ts';
import type { ChunkItem } from '../model/chunk.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';
import { mapAtMost } from './mapAtMost.ts';
import { PackedText } from './packedText.ts';

/** A call has 25 s, and what was read is to be stored. */
export const EXPORT_SECONDS = 20;
const JOBS_AT_A_TIME = 8;
const CHUNKS_PER_SHARD = 500;

export interface QueueExport {
  readonly sql: string | null;
  readonly url: string | null;
  readonly jobCount: number;
  readonly chunkCount: number;
}

interface Job {
  readonly spec: JobSpec;
  readonly state: JobState;
}

/** Some chunks of a job, and from where each of its shards goes on. */
interface ChunkPage {
  readonly chunks: readonly ChunkItem[];
  readonly rest: readonly ShardCursor[];
}

interface ShardCursor {
  readonly shard: number;
  readonly from: number;
}

/** Exports the queue; throws `queue-too-large` if that takes too long or too much. */
export async function exportQueue(context: Context): Promise<QueueExport> {
  const { text, packed, counts } = await tellQueue(context);
  if (text !== undefined) return { sql: text, url: null, ...counts };
  const name = exportName(context.newToken());
  await context.blobs.writeOnce(name, packed);
  return { sql: null, url: await exportLink(context, name), ...counts };
}

/** Exports the queue into a blob; one of that name stays as it is. Throws like {@link exportQueue}. */
export async function keepExport(context: Context, name: string): Promise<void> {
  const { packed } = await tellQueue(context);
  await context.blobs.writeOnce(name, packed);
}

/** A link to an export that is there. */
export async function exportLink(context: Context, name: string): Promise<string> {
  const url = await context.blobs.findDownloadLink(name);
  if (url === undefined) throw new Error(`${name} was written and is not there`);
  return url;
}

async function tellQueue(context: Context) {
  const endBy = context.clock.now() + EXPORT_SECONDS * 1_000;
  const text = new PackedText();
  const add = async (statements: readonly string[]): Promise<void> => {
    await text.add(statements.join(''));
    if (text.isTooLarge || context.clock.now() > endBy) {
      throw new DispatcherError('queue-too-large', { seconds: EXPORT_SECONDS });
    }
  };
  await add(['BEGIN;\n', ...tableStatements]);
  const counts = await addJobs(context, add);
  await add(await peopleAndPlaces(context));
  await add(['COMMIT;\n']);
  return { ...(await text.end()), counts };
}

type Add = (statements: readonly string[]) => Promise<void>;

async function addJobs(
  context: Context,
  add: Add,
): Promise<{ readonly jobCount: number; readonly chunkCount: number }> {
  let [jobCount, chunkCount] = [0, 0];
  let after: number | undefined;
  do {
    const page = await context.jobs.list({ after, limit: 1_000, backward: false });
    for (let from = 0; from < page.jobs.length; from += JOBS_AT_A_TIME) {
      const jobs = page.jobs.slice(from, from + JOBS_AT_A_TIME);
      // One read after the other would take a queue of many small jobs too long.
      const pages = await mapAtMost(JOBS_AT_A_TIME, jobs, (job) => chunksOf(context, job));
      for (const [position, job] of jobs.entries()) {
        await add(jobStatements(job.spec, job.state));
        for (let some = pages[position]; some !== undefined; some = await chunksAfter(context, job, some)) {
          await add(some.chunks.map(chunkStatement));
          chunkCount += some.chunks.length;
        }
      }
      jobCount += jobs.length;
    }
    after = page.nextAfter;
  } while (after !== undefined);
  return { jobCount, chunkCount };
}

const chunksOf = (context: Context, job: Job): Promise<ChunkPage> =>
  readChunks(
    context,
    job,
    Array.from({ length: shardCount(job.state.total) }, (_, shard) => ({ shard, from: 0 })),
  );

const chunksAfter = async (
  context: Context,
  job: Job,
  { rest }: ChunkPage,
): Promise<ChunkPage | undefined> => (rest.length === 0 ? undefined : readChunks(context, job, rest));

async function readChunks(
  context: Context,
  { spec, state: { generation, total } }: Job,
  cursors: readonly ShardCursor[],
): Promise<ChunkPage> {
  const pages = await Promise.all(
    cursors.map(async ({ shard, from }) => ({
      shard,
      ...(await context.chunks.page({ jobId: spec.id, generation, total }, shard, from, CHUNKS_PER_SHARD)),
    })),
  );
  return {
    chunks: pages.flatMap(({ chunks }) => chunks),
    rest: pages.flatMap(({ shard, next }) => (next === undefined ? [] : [{ shard, from: next }])),
  };
}

async function peopleAndPlaces(context: Context): Promise<string[]> {
  const [nodes, users, groups, repositories] = await Promise.all([
    context.nodes.all({ consistent: false }),
    context.users.list(),
    context.groups.list(),
    context.repositories.list(),
  ]);
  return [
    ...nodes.flatMap(({ name, pools }) => pools.map((pool) => poolStatement({ pool, node: name }))),
    ...users.map(userStatement),
    ...groups.map(groupStatement),
    ...repositories.map(pathStatement),
  ];
}
