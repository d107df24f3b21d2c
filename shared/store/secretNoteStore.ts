/** Which secrets are kept elsewhere: noted before one is kept, and until it is forgotten, so that a kill loses sight of none. */
import type { Clock } from '../model/clock.ts';
import { isoTime } from '../model/time.ts';
import { keys } from './keys.ts';
import { everyItem } from './pages.ts';
import type { Table } from './table.ts';

export function secretNoteStore(table: Table, clock: Clock) {
  return {
    async add(name: string): Promise<void> {
      await table.put('farm', { ...keys.secretNote(name), notedAt: isoTime(clock.now()) });
    },

    /** Names of those that were noted before some time. Pattern F4. */
    async listBefore(time: string): Promise<string[]> {
      const names: string[] = [];
      const query = { table: 'farm', partition: keys.secretNotePartition, consistent: true } as const;
      for await (const { sk, notedAt } of everyItem(table, query)) if (String(notedAt) < time) names.push(sk);
      return names;
    },

    async remove(name: string): Promise<void> {
      await table.delete('farm', keys.secretNote(name));
    },
  };
}

export type SecretNoteStore = ReturnType<typeof secretNoteStore>;
