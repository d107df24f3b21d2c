/** A table that tells of each write before and after it happens, so that a test can crash or race there. */
import type {
  Changes,
  Guard,
  Item,
  Key,
  Page,
  Query,
  Table,
  TransactResult,
  TransactWrite,
  WriteResult,
} from '../../shared/store/table.ts';
import type { TableName } from '../../shared/store/tables.ts';

export interface Write {
  readonly verb: 'put' | 'update' | 'delete' | 'batchWrite' | 'transact';
  readonly table: TableName;
  /** Partition of the item; of the first one, for verbs that write several. */
  readonly pk: string;
}

/** What a handler meets when its process dies. */
export class CrashError extends Error {
  override readonly name = 'CrashError';
}

type Hook = (write: Write) => Promise<void> | void;

export class InterceptedTable implements Table {
  readonly #inner: Table;
  #before: Hook | undefined;
  #after: Hook | undefined;

  constructor(inner: Table) {
    this.#inner = inner;
  }

  /** Runs `action` once, before the first write to a partition that begins so. */
  beforeFirst(partition: string, action: () => Promise<unknown>): void {
    this.#before = async (write) => {
      if (!write.pk.startsWith(partition)) return;
      this.#before = undefined;
      await action();
    };
  }

  /** Lets the handler die after so many more writes; 0 before the next one. */
  crashAfter(count: number): void {
    let left = count;
    this.#before = () => {
      if (left === 0) {
        this.#before = undefined;
        throw new CrashError('the process died');
      }
      left -= 1;
    };
  }

  /** Applies the next write to such a partition and then lets the handler die: its answer is lost. */
  crashOnceAfter(partition: string): void {
    this.#after = ({ pk }) => {
      if (!pk.startsWith(partition)) return;
      this.#after = undefined;
      throw new CrashError('the process died after a write');
    };
  }

  /** Counts writes while `work` runs. */
  async count(work: () => Promise<unknown>): Promise<number> {
    let count = 0;
    this.#before = () => {
      count += 1;
    };
    await work();
    this.#before = undefined;
    return count;
  }

  /** No hook any more. */
  calm(): void {
    this.#before = undefined;
    this.#after = undefined;
  }

  get(table: TableName, key: Key, options?: { readonly consistent?: boolean }): Promise<Item | undefined> {
    return this.#inner.get(table, key, options);
  }

  batchGet(
    table: TableName,
    keys: readonly Key[],
    options?: { readonly consistent?: boolean },
  ): Promise<Item[]> {
    return this.#inner.batchGet(table, keys, options);
  }

  query(query: Query): Promise<Page> {
    return this.#inner.query(query);
  }

  put(table: TableName, item: Item, guard?: Guard): Promise<WriteResult> {
    return this.#write({ verb: 'put', table, pk: item.pk }, () => this.#inner.put(table, item, guard));
  }

  update(table: TableName, key: Key, changes: Changes, guard?: Guard): Promise<WriteResult> {
    return this.#write({ verb: 'update', table, pk: key.pk }, () =>
      this.#inner.update(table, key, changes, guard),
    );
  }

  delete(table: TableName, key: Key, guard?: Guard): Promise<WriteResult> {
    return this.#write({ verb: 'delete', table, pk: key.pk }, () => this.#inner.delete(table, key, guard));
  }

  batchWrite(
    table: TableName,
    writes: { readonly puts?: readonly Item[]; readonly deletes?: readonly Key[] },
  ): Promise<void> {
    const pk = writes.puts?.[0]?.pk ?? writes.deletes?.[0]?.pk;
    // Nothing to write is no write.
    if (pk === undefined) return Promise.resolve();
    return this.#write({ verb: 'batchWrite', table, pk }, () => this.#inner.batchWrite(table, writes));
  }

  transact(writes: readonly TransactWrite[]): Promise<TransactResult> {
    const [first] = writes;
    const pk = first === undefined ? '' : first.kind === 'put' ? first.item.pk : first.key.pk;
    return this.#write({ verb: 'transact', table: first?.table ?? 'queue', pk }, () =>
      this.#inner.transact(writes),
    );
  }

  async #write<T>(write: Write, run: () => Promise<T>): Promise<T> {
    await this.#before?.(write);
    const result = await run();
    await this.#after?.(write);
    return result;
  }
}
