/** How often somebody has tried to log in lately and failed. */
import { hash } from 'node:crypto';
import type { Clock } from '../model/clock.ts';
import { keys } from './keys.ts';
import { absent, any, isThere, lessThan, type Table } from './table.ts';

/** Tries are counted within windows of so many seconds. */
export const LOGIN_WINDOW_SECONDS = 900;

export function loginStore(table: Table, clock: Clock) {
  const window = (): number => Math.floor(clock.now() / 1_000 / LOGIN_WINDOW_SECONDS);
  /** Hashed: names and addresses of strangers need not be kept. */
  const keyOf = (subject: string) => keys.loginTries(hash('sha256', subject, 'base64url'), window());

  return {
    /** Counts a try, unless there were as many as may be: false then. */
    async begin(subject: string, most: number): Promise<boolean> {
      const expiresAt = (window() + 2) * LOGIN_WINDOW_SECONDS;
      const guard = [any(absent('tries'), lessThan('tries', most))];
      return (
        await table.update('farm', keyOf(subject), { add: { tries: 1 }, setIfAbsent: { expiresAt } }, guard)
      ).applied;
    },

    /** Takes a try back that did not fail. */
    async forget(subject: string): Promise<void> {
      await table.update('farm', keyOf(subject), { add: { tries: -1 } }, isThere);
    },

    /** When the present window ends, in milliseconds since 1970. */
    windowEnd: (): number => (window() + 1) * LOGIN_WINDOW_SECONDS * 1_000,
  };
}

export type LoginStore = ReturnType<typeof loginStore>;
