/**
 * The archive: an index item for each entry, by month; bodies are blobs. An entry, the place that leads to it and the
 * count of its month change in one transaction, together with the work that made it, so that no run makes two of one.
 */
import type { ArchiveWork, BackupEntry, DiscardWork } from '../model/backupJob.ts';
import { silent, withoutDefaults } from './jobStore.ts';
import { keys } from './keys.ts';
import { everyItem } from './pages.ts';
import {
  equals,
  type Item,
  isNew,
  isThere,
  type Key,
  type Table,
  type TransactWrite,
  type Value,
} from './table.ts';

export interface EntryPage {
  readonly entries: readonly BackupEntry[];
  /** Sort key of the last one; undefined if there is none. */
  readonly last: string | undefined;
  /** Sort key after which the month goes on; undefined at its end. */
  readonly next: string | undefined;
}

export function backupStore(table: Table) {
  const workIs = (work: ArchiveWork) => [equals('version', work.version), equals('run', runOf(work))];

  return {
    /** An entry by its id; strong. Pattern B1. */
    async find(id: number): Promise<BackupEntry | undefined> {
      for (;;) {
        const place = await table.get('archive', keys.backupPlace(id), { consistent: true });
        if (place === undefined) return undefined;
        const key = keys.backup(String(place['backedUpAt']), id);
        const item = await table.get('archive', key, { consistent: true });
        // Between the two reads another backup may have taken its place.
        if (item !== undefined) return entryOf(item);
      }
    },

    /** Months that have entries, oldest first, with how many; strong. Pattern B2. */
    async months(): Promise<{ readonly month: string; readonly count: number }[]> {
      const months: { month: string; count: number }[] = [];
      const query = { table: 'archive', partition: keys.backupMonthPartition, consistent: true } as const;
      for await (const item of everyItem(table, query)) {
        months.push({ month: item.sk, count: Number(item['count']) });
      }
      return months.filter(({ count }) => count > 0);
    },

    /** Entries of a month that were backed up between two times, both inclusive. Strong. Pattern B3. */
    async page(
      month: string,
      options: {
        readonly limit: number;
        readonly backward: boolean;
        readonly after?: string | undefined;
        readonly from?: string | undefined;
        readonly to?: string | undefined;
      },
    ): Promise<EntryPage> {
      const { limit, backward, after, from, to } = options;
      const pk = keys.backupPartition(month);
      const page = await table.query({
        table: 'archive',
        partition: pk,
        limit,
        backward,
        consistent: true,
        ...(from === undefined ? {} : { from }),
        // Whatever id follows the time.
        ...(to === undefined ? {} : { to: `${to}#~` }),
        ...(after === undefined ? {} : { after: { pk, sk: after } }),
      });
      return { entries: page.items.map(entryOf), last: page.items.at(-1)?.sk, next: page.next?.sk };
    },

    /** Work under way; strong. Pattern B4. */
    async findWork(id: string): Promise<ArchiveWork | undefined> {
      const item = await table.get('archive', keys.archiveWork(id), { consistent: true });
      return item === undefined ? undefined : workOf(item);
    },

    /** All work under way. Pattern B5. */
    async work(): Promise<ArchiveWork[]> {
      const works: ArchiveWork[] = [];
      const query = { table: 'archive', partition: keys.archiveWorkPartition } as const;
      for await (const item of everyItem(table, query)) works.push(workOf(item));
      return works;
    },

    /** Begins work; false if some is under way under its id. */
    async begin(work: ArchiveWork): Promise<boolean> {
      return (await table.put('archive', workItem(work), isNew)).applied;
    },

    /** Begins work if it is not under way and something else holds at the same moment. */
    async beginWhere(work: ArchiveWork, condition: TransactWrite): Promise<boolean> {
      const begun = { kind: 'put', table: 'archive', item: workItem(work), guard: isNew } as const;
      return (await table.transact([begun, condition])).applied;
    },

    /** Moves work on; undefined if somebody else did meanwhile. */
    async advance<Work extends ArchiveWork>(seen: Work, change: Partial<Work>): Promise<Work | undefined> {
      const next = { ...seen, ...change, version: seen.version + 1 };
      return (await table.put('archive', workItem(next), workIs(seen))).applied ? next : undefined;
    },

    /** Stands as long as nobody has moved the work on: a write for transactions that may not happen afterwards. */
    fence(work: ArchiveWork): TransactWrite {
      return { kind: 'put', table: 'archive', item: workItem(work), guard: workIs(work) };
    },

    /** Ends work in a transaction of others. */
    ending(work: ArchiveWork): TransactWrite {
      return { kind: 'delete', table: 'archive', key: keys.archiveWork(work.id), guard: workIs(work) };
    },

    /** Ends work; false if somebody moved it on meanwhile. */
    async end(work: ArchiveWork): Promise<boolean> {
      return (await table.delete('archive', keys.archiveWork(work.id), workIs(work))).applied;
    },

    /** Ends work and begins another in one; false if somebody moved it on meanwhile. */
    async replaceWork(work: ArchiveWork, by: DiscardWork): Promise<boolean> {
      const result = await table.transact([
        this.ending(work),
        { kind: 'put', table: 'archive', item: workItem(by) },
      ]);
      return result.applied;
    },

    /**
     * Makes an entry visible, in the place of another one if there is one, and moves the work on to `next` or ends it. All
     * or nothing; false if the work or the entry that is replaced has changed.
     */
    async commit(
      work: ArchiveWork,
      entry: BackupEntry,
      options: {
        readonly replaced: BackupEntry | undefined;
        readonly discard: DiscardWork | undefined;
        readonly next: ArchiveWork | undefined;
      },
    ): Promise<boolean> {
      const { replaced, discard, next } = options;
      const result = await table.transact([
        ...entryWrites(entry, replaced),
        ...(discard === undefined
          ? []
          : [{ kind: 'put', table: 'archive', item: workItem(discard) } as const]),
        next === undefined
          ? this.ending(work)
          : { kind: 'put', table: 'archive', item: workItem(next), guard: workIs(work) },
      ]);
      return result.applied;
    },
  };
}

export type BackupStore = ReturnType<typeof backupStore>;

function entryWrites(entry: BackupEntry, replaced: BackupEntry | undefined): TransactWrite[] {
  const key = keys.backup(entry.backedUpAt, entry.id);
  const isSamePlace = entry.backedUpAt === replaced?.backedUpAt;
  const change = new Map([[monthOf(entry), 1]]);
  if (replaced !== undefined) change.set(monthOf(replaced), (change.get(monthOf(replaced)) ?? 0) - 1);
  return [
    {
      kind: 'put',
      table: 'archive',
      item: entryItem(key, entry),
      guard: isSamePlace ? isThere : isNew,
    },
    {
      kind: 'put',
      table: 'archive',
      item: { ...keys.backupPlace(entry.id), backedUpAt: entry.backedUpAt, run: entry.run },
      guard: replaced === undefined ? isNew : [equals('run', replaced.run)],
    },
    ...(replaced === undefined || isSamePlace
      ? []
      : [
          {
            kind: 'delete',
            table: 'archive',
            key: keys.backup(replaced.backedUpAt, replaced.id),
            guard: isThere,
          } as const,
        ]),
    ...[...change]
      .filter(([, count]) => count !== 0)
      .map(
        ([month, count]) =>
          ({
            kind: 'update',
            table: 'archive',
            key: keys.backupMonth(month),
            changes: { add: { count } },
          }) as const,
      ),
  ];
}

const monthOf = ({ backedUpAt }: BackupEntry): string => backedUpAt.slice(0, 7);

/** What else than its version tells a work from another one of the same id. */
const runOf = (work: ArchiveWork): string => (work.kind === 'discard' ? work.folder : work.run);

const workItem = (work: ArchiveWork): Item => ({
  ...keys.archiveWork(work.id),
  ...(work as unknown as Record<string, Value>),
  run: runOf(work),
});

function workOf(item: Item): ArchiveWork {
  const { pk: _pk, sk: _sk, ...work } = item;
  return work as unknown as ArchiveWork;
}

/** Folders leave out what they do not say, as in the queue. */
const entryItem = (key: Key, entry: BackupEntry): Item => ({
  ...key,
  ...(entry as unknown as Record<string, Value>),
  path: entry.path.map((folder) => withoutDefaults(folder) as Record<string, Value>),
});

function entryOf({ pk: _pk, sk: _sk, ...item }: Item): BackupEntry {
  const entry = item as unknown as BackupEntry;
  return { ...entry, path: entry.path.map((folder) => ({ ...silent, ...folder })) };
}
