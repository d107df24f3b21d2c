/** Ids: integers from 1, given in order and never reused. */
import { keys } from './keys.ts';
import type { Table } from './table.ts';

export function idStore(table: Table) {
  return {
    /** Takes the next id. One that is taken and then not used is lost, not given again. */
    async next(kind: 'job' | 'node'): Promise<number> {
      const result = await table.update('farm', keys.counter(kind), { add: { last: 1 } });
      if (!result.applied) throw new Error('an unguarded write was not applied');
      return Number(result.item?.['last']);
    },
  };
}

export type IdStore = ReturnType<typeof idStore>;
