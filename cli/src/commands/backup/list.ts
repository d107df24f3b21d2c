import { type Command, InvalidArgumentError } from 'commander';
import type { BackupJob } from '../../../../client/src/generated.ts';
import { parseNumber } from '../../arguments/ids.ts';
import { parseTime } from '../../arguments/time.ts';
import { shortTime } from '../../output/format.ts';
import { type Column, table } from '../../output/table.ts';
import { collect } from '../../pages.ts';
import { openSession } from '../../session.ts';

const DEFAULT_LIMIT = 200;

interface ListOptions {
  readonly name?: string;
  readonly owner?: string;
  readonly project?: string;
  readonly template?: number;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
}

export function addListBackups(backup: Command): void {
  backup
    .command('list', { isDefault: true })
    .summary('show backups; the same as backup alone')
    .description('Shows the backups in the archive, the newest first.')
    .option('--name <text>', 'only jobs whose name contains this')
    .option('--owner <name>', 'only jobs of this owner')
    .option('--project <name>', 'only jobs of this project')
    .option('--template <id>', 'only jobs of this template', parseNumber(1))
    .option('--from <time>', 'only what was backed up since, such as 2026-01-31', parseMoment)
    .option('--to <time>', 'only what was backed up until then', parseMoment)
    .option('--limit <count>', 'most entries', parseNumber(1, 100_000), DEFAULT_LIMIT)
    .action(async ({ limit, template, ...filter }: ListOptions, command: Command) => {
      const { client, screen } = openSession(command);
      const wanted = { ...filter, ...(template === undefined ? {} : { templateId: template }) };
      const { entries, isComplete } = await collect<BackupJob>(limit, async (page) => {
        const { jobs, nextPageToken } = await client.backupQuery({ ...wanted, ...page });
        return { entries: jobs, nextPageToken };
      });
      screen.answer({
        json: () => ({ backups: entries, isComplete }),
        text: () =>
          entries.length === 0
            ? ['No backups.']
            : table<BackupJob>(entries, columns(Date.now()), screen.width(), screen.paint),
        quiet: () => entries.map(({ id }) => String(id)),
      });
      if (!isComplete) screen.note(`These are the newest ${entries.length}; --limit shows more.`);
    });
}

/** A moment that has been. */
function parseMoment(text: string): string {
  const moment = parseTime(text);
  if (moment === null) throw new InvalidArgumentError('It must be such as 2026-01-31 or 2026-01-31 18:30.');
  return moment;
}

const columns = (now: number): Column<BackupJob>[] => [
  { title: 'ID', align: 'right', cell: ({ id }) => String(id) },
  { title: 'NAME', shrinksTo: 20, cell: ({ name }) => name },
  { title: 'OWNER', rank: 2, shrinksTo: 12, cell: ({ owner }) => owner },
  { title: 'PROJECT', rank: 3, shrinksTo: 12, cell: ({ project }) => project },
  { title: 'STATUS', rank: 1, cell: ({ status }) => status },
  { title: 'CHUNKS', rank: 2, align: 'right', cell: ({ chunkCount }) => String(chunkCount) },
  { title: 'BACKED UP', rank: 1, cell: ({ backedUpAt }) => shortTime(backedUpAt, now) },
  { title: 'BY', rank: 4, shrinksTo: 12, cell: ({ backedUpBy }) => backedUpBy },
];
