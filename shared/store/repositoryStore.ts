/** Repositories: few, and read with each chunk of a job that has paths to substitute, so each process keeps them. */
import type { Clock } from '../model/clock.ts';
import type { Repository } from '../model/repository.ts';
import { Kept } from './kept.ts';
import { keys } from './keys.ts';
import { everyItem } from './pages.ts';
import { replaceByVersion } from './replaceByVersion.ts';
import type { Item, Table } from './table.ts';

/** The longest that a process works with old paths. */
const KEPT_MS = 5_000;

export function repositoryStore(table: Table, clock: Clock) {
  const kept = new Kept<'all', readonly Repository[]>(clock, KEPT_MS);

  return {
    /** Pattern R1. */
    async find(name: string): Promise<Repository | undefined> {
      const item = await table.get('farm', keys.repository(name), { consistent: true });
      return item === undefined ? undefined : repositoryOf(item);
    },

    /** Every repository by name. Pattern R2. */
    async list(): Promise<readonly Repository[]> {
      const repositories: Repository[] = [];
      const query = { table: 'farm', partition: keys.repositoryPartition } as const;
      for await (const item of everyItem(table, query)) repositories.push(repositoryOf(item));
      return repositories;
    },

    /** The same, at most five seconds old. Pattern R2. */
    async listKept(): Promise<readonly Repository[]> {
      return kept.get('all') ?? kept.put('all', await this.list());
    },

    /** Writes the repository if nobody changed it meanwhile; version 0 is a new one. */
    replace: (repository: Repository, seenVersion: number): Promise<boolean> =>
      replaceByVersion(table, keys.repository(repository.name), repository, seenVersion),

    async remove(name: string): Promise<void> {
      await table.delete('farm', keys.repository(name));
    },
  };
}

export type RepositoryStore = ReturnType<typeof repositoryStore>;

function repositoryOf(item: Item): Repository {
  const { pk: _pk, sk: _sk, ...repository } = item;
  return repository as unknown as Repository;
}
