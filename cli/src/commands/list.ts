import { type Command, Option } from 'commander';
import { type Client, RollcallError } from '../../../client/src/client.ts';
import type { Job } from '../../../client/src/generated.ts';
import { parseFolder, parseNumber } from '../arguments/ids.ts';
import { newestJobs } from '../newestJobs.ts';
import { bar, endedCount } from '../output/bar.ts';
import { type FolderTotal, folderTotals } from '../output/folderTotals.ts';
import { counted, shortTime, timeBetween } from '../output/format.ts';
import type { Screen } from '../output/screen.ts';
import { jobStatus, styled } from '../output/styles.ts';
import { type Cell, type Column, table } from '../output/table.ts';
import { type Branch, treeOf } from '../output/tree.ts';
import { openSession } from '../session.ts';

const DEFAULT_LIMIT = 2_000;
/** Folders that a filter dropped and that are looked up one by one, so that what is left can be shown in them. */
const MOST_LOOKUPS = 200;

interface ListOptions {
  readonly status?: Job['status'];
  readonly owner?: string;
  readonly project?: string;
  readonly parent?: number;
  readonly limit: number;
}

export function addList(program: Command): void {
  program
    .command('list')
    .alias('ls')
    .summary('show the queue')
    .description(
      'Shows jobs as a tree in their folders; a folder counts what lies in it and is shown. Of a queue longer than --limit ' +
        'the newest are shown.',
    )
    .addOption(
      new Option('--status <status>', 'only jobs with this status').choices([
        'waiting',
        'delayed',
        'queued',
        'in-progress',
        'completed',
        'completed-with-warnings',
        'failed',
        'deleting',
        'folder',
      ]),
    )
    .option('--owner <name>', 'only jobs of this owner')
    .option('--project <name>', 'only jobs of this project')
    .option('--parent <id>', 'only what is directly in this folder, or in root', parseFolder)
    .option('--limit <count>', 'most entries', parseNumber(1, 100_000), DEFAULT_LIMIT)
    .action(async ({ limit, parent, ...filter }: ListOptions, command: Command) => {
      const { client, screen } = openSession(command);
      const wanted = { ...filter, ...(parent === undefined ? {} : { parentId: parent }) };
      const { entries, isComplete } = await newestJobs(client, limit, wanted);
      const jobs = [...entries].sort((a, b) => a.id - b.id);
      const folders =
        screen.isJson || screen.isQuiet || parent !== undefined ? [] : await missingFolders(client, jobs);
      screen.answer({
        json: () => ({ jobs, isComplete }),
        text: () => (jobs.length === 0 ? ['No jobs.'] : jobTable(jobs, folders, screen)),
        quiet: () => jobs.map(({ id }) => String(id)),
      });
      if (!isComplete) screen.note(`These are the newest ${jobs.length}; --limit shows more.`);
    });
}

/** The folders around jobs that are not among the jobs themselves. */
async function missingFolders(client: Client, jobs: readonly Job[]): Promise<Job[]> {
  const known = new Set(jobs.map(({ id }) => id));
  const found: Job[] = [];
  let level: readonly Job[] = jobs;
  while (level.length > 0) {
    const ids = new Set(level.map(({ parentId }) => parentId).filter((id) => id > 0 && !known.has(id)));
    const lookups = [...ids].slice(0, MOST_LOOKUPS - found.length);
    level = (await Promise.all(lookups.map((id) => findJob(client, id)))).filter((job) => job !== undefined);
    for (const job of level) known.add(job.id);
    found.push(...level);
  }
  return found;
}

/** A folder that was deleted meanwhile is no reason to fail. */
async function findJob(client: Client, id: number): Promise<Job | undefined> {
  try {
    return (await client.jobGet({ id })).job;
  } catch (error) {
    if (error instanceof RollcallError && error.code === 'not-found') return undefined;
    throw error;
  }
}

function jobTable(jobs: readonly Job[], around: readonly Job[], screen: Screen): string[] {
  const context = new Set(around.map(({ id }) => id));
  const entries = [...around, ...jobs].sort((a, b) => a.id - b.id);
  const shown = columns(context, folderTotals(entries), Date.now());
  return table(treeOf(entries), shown, screen.width(), screen.paint);
}

function columns(
  context: ReadonlySet<number>,
  totals: ReadonlyMap<number, FolderTotal>,
  now: number,
): Column<Branch<Job>>[] {
  /** Of a job itself, of a folder what lies in it; of an empty folder nothing. */
  const summed =
    (cell: (counts: Pick<Job, 'chunkCount' | 'runningCount' | 'counts'>) => Cell) =>
    ({ entry }: Branch<Job>): Cell => {
      const counts = entry.type === 'folder' ? totals.get(entry.id) : entry;
      return counts === undefined ? '' : cell(counts);
    };
  const ofJob =
    (text: (job: Job) => string) =>
    ({ entry }: Branch<Job>) =>
      entry.type === 'folder' ? '' : text(entry);
  return [
    { title: 'ID', align: 'right', cell: ({ entry }) => String(entry.id) },
    {
      title: 'NAME',
      shrinksTo: 24,
      cell: ({ entry, guide }) =>
        entry.type === 'folder'
          ? styled(context.has(entry.id) ? 'dim' : 'bold', `${guide}${entry.name}/`)
          : `${guide}${entry.name}`,
    },
    {
      title: 'STATUS',
      cell: ({ entry }) =>
        entry.type === 'folder' ? styled('dim', jobsIn(totals.get(entry.id))) : jobStatus(entry),
    },
    { title: 'PROGRESS', rank: 6, cell: summed((counts) => bar(counts, 10)) },
    {
      title: 'CHUNKS',
      align: 'right',
      cell: summed((counts) => `${endedCount(counts)}/${counts.chunkCount}`),
    },
    {
      title: 'FAILED',
      align: 'right',
      rank: 3,
      cell: summed(({ counts }) => (counts.failed > 0 ? styled('red', String(counts.failed)) : '')),
    },
    {
      title: 'NODES',
      align: 'right',
      rank: 4,
      cell: summed(({ runningCount }) => (runningCount > 0 ? String(runningCount) : '')),
    },
    {
      title: 'PRIO',
      align: 'right',
      rank: 2,
      cell: ofJob((job) => `${job.emergencyQueue ? '!' : ''}${job.priority}`),
    },
    { title: 'OWNER', rank: 1, shrinksTo: 8, cell: ({ entry }) => entry.owner },
    { title: 'PROJECT', rank: 7, shrinksTo: 12, cell: ({ entry }) => entry.project },
    { title: 'SUBMITTED', rank: 5, align: 'right', cell: ({ entry }) => shortTime(entry.submittedAt, now) },
    {
      title: 'TIME',
      rank: 8,
      align: 'right',
      cell: ofJob((job) => timeBetween(job.startedAt, job.endedAt, now)),
    },
  ];
}

const jobsIn = (total: FolderTotal | undefined): string =>
  total === undefined ? '' : counted(total.jobCount, 'job');
