/**
 * Imports of the queue. The settings name the one that is under way, so that whoever reads them knows of it, and so does
 * the work of the archive, where the tick looks: all three are written together, when it begins and when it ends.
 */
import type { ImportWork } from '../model/backupJob.ts';
import type { EffectiveConfiguration } from '../model/configuration.ts';
import type { QueueImport } from '../model/queueImport.ts';
import type { Settings } from '../model/settings.ts';
import { keys } from './keys.ts';
import type { SettingsStore } from './settingsStore.ts';
import { equals, type Item, isNew, type Key, type Table, type TransactWrite, type Value } from './table.ts';

/** Longer than a request token is kept: a repeated request hears what came of its import. */
const KEPT_SECONDS = 2 * 86_400;

export function queueImportStore(table: Table, configuration: SettingsStore<EffectiveConfiguration>) {
  /** An import after some others, in its place. */
  const moved = (seen: QueueImport, next: QueueImport): Extract<TransactWrite, { kind: 'put' }> => ({
    kind: 'put',
    table: 'farm',
    item: itemOf(next),
    guard: [equals('version', seen.version)],
  });

  return {
    /** Pattern I1. */
    async find(run: string): Promise<QueueImport | undefined> {
      const item = await table.get('farm', keys.queueImport(run), { consistent: true });
      return item === undefined ? undefined : queueImportOf(item);
    },

    /** Begins an import; false if the settings have changed, or it was begun before. */
    async begin(work: QueueImport, settings: FarmSettings): Promise<boolean> {
      const result = await table.transact([
        { kind: 'put', table: 'farm', item: itemOf(work), guard: isNew },
        configuration.replacement(withImport(settings, work.run)),
        { kind: 'put', table: 'archive', item: markOf(work) },
      ]);
      configuration.forget();
      return result.applied;
    },

    /** Moves an import on; undefined if somebody else did meanwhile. */
    async advance(seen: QueueImport, change: Partial<QueueImport>): Promise<QueueImport | undefined> {
      const next = after(seen, change);
      const { item, guard } = moved(seen, next);
      return (await table.put('farm', item, guard)).applied ? next : undefined;
    },

    /** Moves an import on in a transaction of others. */
    advancing(seen: QueueImport, change: Partial<QueueImport>): TransactWrite {
      return moved(seen, after(seen, change));
    },

    /** Stands as long as nobody has moved the import on: a write for transactions that may not happen afterwards. */
    fence(seen: QueueImport): TransactWrite {
      return moved(seen, seen);
    },

    /** Ends an import; false if somebody moved it on, or changed the settings, meanwhile. */
    async end(seen: QueueImport, change: Partial<QueueImport>, settings: FarmSettings, now: number) {
      const { item, ...write } = moved(seen, after(seen, change));
      const result = await table.transact([
        { ...write, item: { ...item, expiresAt: Math.floor(now / 1_000) + KEPT_SECONDS } },
        configuration.replacement(withImport(settings, null)),
        { kind: 'delete', table: 'archive', key: markKey(seen) },
      ]);
      configuration.forget();
      return result.applied;
    },
  };
}

type FarmSettings = Settings<EffectiveConfiguration>;

const withImport = (settings: FarmSettings, importing: string | null): FarmSettings => ({
  ...settings,
  permanent: { ...settings.permanent, importing },
});

export type QueueImportStore = ReturnType<typeof queueImportStore>;

const after = (seen: QueueImport, change: Partial<QueueImport>): QueueImport => ({
  ...seen,
  ...change,
  version: seen.version + 1,
});

const itemOf = (work: QueueImport): Item => ({
  ...keys.queueImport(work.run),
  ...(work as unknown as Record<string, Value>),
});

const markKey = ({ run }: QueueImport): Key => keys.archiveWork(`import#${run}`);

function markOf(work: QueueImport): Item {
  const mark: ImportWork = { kind: 'import', id: markKey(work).sk, version: 1, run: work.run };
  return { ...markKey(work), ...(mark as unknown as Record<string, Value>) };
}

/** An import out of its item; the projector reads images of the feed with it. */
export function queueImportOf(item: Item): QueueImport {
  const { pk: _pk, sk: _sk, expiresAt: _expires, ...work } = item;
  return work as unknown as QueueImport;
}
