/** Ids: integers from 1, given in order and never reused. */
import { keys } from './keys.ts';
import { absent, any, lessThan, type Table } from './table.ts';

export function idStore(table: Table) {
  return {
    /** Takes the next id. One that is taken and then not used is lost, not given again. */
    async next(kind: 'job' | 'node'): Promise<number> {
      const result = await table.update('farm', keys.counter(kind), { add: { last: 1 } });
      if (!result.applied) throw new Error('an unguarded write was not applied');
      return Number(result.item?.['last']);
    },

    /** Gives no id up to this one any more. */
    async passOver(kind: 'job' | 'node', id: number): Promise<void> {
      await table.update('farm', keys.counter(kind), { set: { last: id } }, [
        any(absent('last'), lessThan('last', id)),
      ]);
    },
  };
}

export type IdStore = ReturnType<typeof idStore>;
