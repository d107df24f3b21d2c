/** The table as one function instance reaches it: over a network, through an SDK that repeats what is safe to repeat. */
import {
  type Changes,
  type Guard,
  type Item,
  type Key,
  type Page,
  type Query,
  type Table,
  type TransactResult,
  type TransactWrite,
  type WriteResult,
  WriteUncertainError,
} from '../../shared/store/table.ts';
import type { TableName } from '../../shared/store/tables.ts';
import type { Instance } from './lambdas.ts';

/** What the SDK does with a write whose answer was lost: it sends it again, and answers with what that one met. */
const sendAgain = <T>(call: () => Promise<T>): Promise<T> => call();

export class InstanceTable implements Table {
  readonly #table: Table;
  readonly #instance: Instance;

  constructor(table: Table, instance: Instance) {
    this.#table = table;
    this.#instance = instance;
  }

  get(table: TableName, key: Key, options?: { readonly consistent?: boolean }): Promise<Item | undefined> {
    return this.#instance.port(() => this.#table.get(table, key, options));
  }

  batchGet(
    table: TableName,
    keys: readonly Key[],
    options?: { readonly consistent?: boolean },
  ): Promise<Item[]> {
    if (keys.length === 0) return Promise.resolve([]);
    return this.#instance.port(() => this.#table.batchGet(table, keys, options));
  }

  query(query: Query): Promise<Page> {
    return this.#instance.port(() => this.#table.query(query));
  }

  put(table: TableName, item: Item, guard?: Guard): Promise<WriteResult> {
    return this.#instance.port(() => this.#table.put(table, item, guard), sendAgain);
  }

  update(table: TableName, key: Key, changes: Changes, guard?: Guard): Promise<WriteResult> {
    return this.#instance.port(
      () => this.#table.update(table, key, changes, guard),
      // What adds is never sent twice.
      changes.add === undefined
        ? sendAgain
        : () => Promise.reject(new WriteUncertainError(table, key, new Error('the answer was lost'))),
    );
  }

  delete(table: TableName, key: Key, guard?: Guard): Promise<WriteResult> {
    return this.#instance.port(() => this.#table.delete(table, key, guard), sendAgain);
  }

  async batchWrite(
    table: TableName,
    writes: { readonly puts?: readonly Item[]; readonly deletes?: readonly Key[] },
  ): Promise<void> {
    const { puts = [], deletes = [] } = writes;
    const [firstPut, ...otherPuts] = puts;
    const [firstDelete, ...otherDeletes] = deletes;
    // Not atomic: whoever dies in between leaves the first behind.
    if (firstPut !== undefined) {
      await this.#instance.port(() => this.#table.batchWrite(table, { puts: [firstPut] }), sendAgain);
    } else if (firstDelete !== undefined) {
      await this.#instance.port(() => this.#table.batchWrite(table, { deletes: [firstDelete] }), sendAgain);
    }
    const rest = { puts: otherPuts, deletes: firstPut === undefined ? otherDeletes : deletes };
    if (rest.puts.length + rest.deletes.length > 0) {
      await this.#instance.port(() => this.#table.batchWrite(table, rest), sendAgain);
    }
  }

  /** The SDK gives each transaction a token: one that is sent again answers as the first did. */
  transact(writes: readonly TransactWrite[]): Promise<TransactResult> {
    return this.#instance.port(() => this.#table.transact(writes));
  }
}
