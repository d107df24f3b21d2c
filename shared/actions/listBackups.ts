/** What is in the archive. */
import { invalidInput } from '../errors.ts';
import type { BackupEntry, BackupJob } from '../model/backupJob.ts';
import type { Context } from '../runtime/context.ts';
import { pageToken, readTextPageToken } from '../store/pages.ts';

/** Entries that one call looks at for one that fits, so that a page ends in time. */
const MOST_LOOKED_AT = 5_000;
const PER_READ = 500;
const KIND = 'backups';
/** Length of the part of a time that names its month. */
const MONTH = 7;

export interface BackupQuery {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly name?: string | undefined;
  readonly owner?: string | undefined;
  readonly project?: string | undefined;
  readonly templateId?: number | undefined;
  readonly limit: number;
  readonly pageToken?: string | undefined;
}

/** A page of entries, newest first. */
export async function listBackups(
  context: Context,
  query: BackupQuery,
): Promise<{ jobs: BackupJob[]; nextPageToken: string | null }> {
  const { from, to, limit } = query;
  if (from !== undefined && to !== undefined && from > to) {
    throw invalidInput('to', `must not be before from, ${from}; it is ${to}`);
  }
  const start = readTextPageToken(KIND, query.pageToken);
  const months = (await context.backups.months())
    .map(({ month }) => month)
    .filter((month) => from === undefined || month >= from.slice(0, MONTH))
    .filter((month) => month <= (start ?? to ?? month).slice(0, MONTH))
    .reverse();
  const jobs: BackupJob[] = [];
  let last = start;
  let lookedAt = 0;
  for (const month of months) {
    let after = last?.startsWith(month) ? last : undefined;
    do {
      const isFull = jobs.length >= limit || lookedAt >= MOST_LOOKED_AT;
      if (isFull && last !== undefined) return { jobs, nextPageToken: pageToken(KIND, last) };
      const size = Math.min(PER_READ, limit - jobs.length);
      const page = await context.backups.page(month, { from, to, after, limit: size, backward: true });
      jobs.push(...page.entries.filter((entry) => fits(entry, query)).map(viewBackup));
      lookedAt += page.entries.length;
      last = page.last ?? last;
      after = page.next;
    } while (after !== undefined);
  }
  return { jobs, nextPageToken: null };
}

function fits(entry: BackupEntry, { name, owner, project, templateId }: BackupQuery): boolean {
  return (
    (name === undefined || entry.name.toLowerCase().includes(name.toLowerCase())) &&
    (owner === undefined || entry.owner === owner) &&
    (project === undefined || entry.project === project) &&
    (templateId === undefined || entry.templateId === templateId)
  );
}

function viewBackup(entry: BackupEntry): BackupJob {
  const { run: _run, snapshot: _snapshot, counts: _counts, path: _path, body, ...shown } = entry;
  return { ...shown, attemptCount: body.attemptCount, byteCount: body.byteCount };
}

/** How many entries there are, from when to when. */
export async function backupBoundaries(
  context: Context,
): Promise<{ jobsCount: number; firstAt: string | null; lastAt: string | null }> {
  const months = await context.backups.months();
  const end = async (month: string | undefined, backward: boolean): Promise<string | null> => {
    if (month === undefined) return null;
    const { entries } = await context.backups.page(month, { limit: 1, backward });
    return entries[0]?.backedUpAt ?? null;
  };
  return {
    jobsCount: months.reduce((sum, { count }) => sum + count, 0),
    firstAt: await end(months[0]?.month, false),
    lastAt: await end(months.at(-1)?.month, true),
  };
}
