/** A table some of whose verbs are a test's own; the others are those of the table. */
import type { Table } from '../../shared/store/table.ts';

export function withVerbs(table: Table, verbs: Partial<Table>): Table {
  return new Proxy(table, {
    get(target, name) {
      const own = Reflect.get(verbs, name);
      const value = own ?? Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
