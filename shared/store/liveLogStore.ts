/** Output of attempts while they run, in pieces by the characters before them; gone after an hour. */
import type { Clock } from '../model/clock.ts';
import type { AssignmentKey } from '../model/node.ts';
import { keys } from './keys.ts';
import { everyItem } from './pages.ts';
import type { Table } from './table.ts';

const KEPT_SECONDS = 3_600;
/** The longest piece that a node may send. */
const LONGEST_PIECE = 16_384;
/** So that an answer stays far below what a function may answer with. */
const MOST_CHARACTERS = 262_144;

type Attempt = Pick<AssignmentKey, 'jobId' | 'generation' | 'index' | 'attempt'>;

export interface LiveText {
  /** Characters before it. */
  readonly from: number;
  readonly text: string;
}

export function liveLogStore(table: Table, clock: Clock) {
  const seconds = (): number => Math.floor(clock.now() / 1_000);

  return {
    /** Keeps a piece; one that is sent twice is there once. */
    async put(attempt: Attempt, offset: number, text: string): Promise<void> {
      await table.put('farm', {
        ...keys.liveLog(attempt, attempt.attempt, offset),
        text,
        expiresAt: seconds() + KEPT_SECONDS,
      });
    },

    /** What comes after so many characters, without a gap inside; it begins later if some were never sent. Pattern C8. */
    async read(attempt: Attempt, after: number): Promise<LiveText> {
      const query = {
        table: 'farm',
        partition: keys.liveLogPartition(attempt, attempt.attempt),
        from: keys.sortOf(Math.max(0, after - LONGEST_PIECE)),
        consistent: true,
      } as const;
      let from = after;
      let text = '';
      for await (const item of everyItem(table, query)) {
        // Time to live removes items late.
        if (Number(item['expiresAt']) <= seconds()) continue;
        const offset = keys.idIn(item.sk);
        const piece = String(item['text']);
        const end = from + text.length;
        if (offset + piece.length <= end) continue;
        if (offset > end && text !== '') break;
        if (offset > end) from = offset;
        const more = piece.slice(Math.max(0, from + text.length - offset));
        if (text.length + more.length > MOST_CHARACTERS) break;
        text += more;
      }
      return { from, text };
    },
  };
}

export type LiveLogStore = ReturnType<typeof liveLogStore>;
