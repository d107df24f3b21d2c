/** Starts of programs that are kept apart: when the next one of each delay group may be. */
import { keys } from './keys.ts';
import { absent, any, atLeast, lessThan, type Table } from './table.ts';

/** A node that must wait for longer starts then, so that it is not lost to other jobs for as long as it takes. */
const LONGEST_MS = 10 * 60_000;

export function startStore(table: Table) {
  return {
    /**
     * Books the next start of a group; answers with the milliseconds from now until then. What a crash has booked is a start
     * that nobody makes.
     */
    async book(group: string, seconds: number, now: number): Promise<number> {
      const key = keys.nextStart(group);
      const delayMs = seconds * 1_000;
      for (;;) {
        const behind = await table.update('farm', key, { add: { nextAt: delayMs } }, [
          atLeast('nextAt', now),
          lessThan('nextAt', now + LONGEST_MS),
        ]);
        if (behind.applied) return Number(behind.item?.['nextAt']) - delayMs - now;
        if (Number(behind.present?.['nextAt'] ?? 0) >= now) return LONGEST_MS;
        const first = await table.update('farm', key, { set: { nextAt: now + delayMs } }, [
          any(absent('nextAt'), lessThan('nextAt', now)),
        ]);
        if (first.applied) return 0;
      }
    },
  };
}

export type StartStore = ReturnType<typeof startStore>;
