/**
 * The activity and the action log, line by line. A day is noted before its first line, so that no day with lines is
 * unknown; a line that is written twice stands once.
 */
import type { Clock } from '../model/clock.ts';
import { dayOf, type LogKind, type LogLine } from '../model/logLine.ts';
import { milliseconds } from '../model/time.ts';
import { keys } from './keys.ts';
import { everyItem } from './pages.ts';
import { equals, type Item, isThere, type Table } from './table.ts';

const DAY_SECONDS = 86_400;
/** Lines that one step of a removal takes from each shard. */
const LINES_PER_STEP = 1_000;

export interface LogDay {
  readonly kind: LogKind;
  readonly day: string;
  /** Lines before are removed, whether they have been deleted yet or not. */
  readonly removedBefore: string | null;
}

export interface LogPage {
  readonly lines: readonly LogLine[];
  /** Place of the last line, while more may follow. */
  readonly next: string | undefined;
}

export interface LogRange {
  /** Times, both inclusive. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
  readonly backward?: boolean;
}

export function logStore(table: Table, clock: Clock) {
  const noted = new Set<string>();

  async function noteDay(kind: LogKind, day: string, expiresAt: number): Promise<void> {
    const name = `${kind}#${day}`;
    if (noted.has(name)) return;
    await table.update('history', keys.logDay(kind, day), { set: { kind, day, expiresAt } });
    noted.add(name);
  }

  return {
    /** Writes lines that are kept for so many days. A day costs one write more for each process that writes to it. */
    async add(kind: LogKind, lines: readonly LogLine[], keptDays: number): Promise<void> {
      const items = new Map<string, Item>();
      for (const line of lines) {
        const day = dayOf(line.at);
        const expiresAt = milliseconds(`${day}T00:00:00.000Z`) / 1_000 + (keptDays + 1) * DAY_SECONDS;
        await noteDay(kind, day, expiresAt);
        const key = keys.logLine(kind, day, line.at, line.id);
        items.set(`${key.pk}/${key.sk}`, lineItem(kind, line, expiresAt));
      }
      if (items.size > 0) await table.batchWrite('history', { puts: [...items.values()] });
    },

    /** Days of which something may be there, oldest first. Pattern A1. */
    async days(kind?: LogKind): Promise<LogDay[]> {
      const now = Math.floor(clock.now() / 1_000);
      const days: LogDay[] = [];
      for await (const item of everyItem(table, { table: 'history', partition: keys.logDayPartition })) {
        // Time to live deletes within days; until then nobody shall see what is past its time.
        if (Number(item['expiresAt']) <= now || (kind !== undefined && item['kind'] !== kind)) continue;
        days.push(dayOfItem(item));
      }
      return days;
    },

    /** One day. Pattern A2. */
    async findDay(kind: LogKind, day: string): Promise<LogDay | undefined> {
      const item = await table.get('history', keys.logDay(kind, day), { consistent: true });
      if (item === undefined || Number(item['expiresAt']) <= clock.now() / 1_000) return undefined;
      return dayOfItem(item);
    },

    /** A page of the lines of a day, merged from its shards in the order of time. Pattern A3. */
    async lines(kind: LogKind, day: string, range: LogRange): Promise<LogPage> {
      const { limit, after, backward = false } = range;
      // No place begins with another one and a space, so this is the next one.
      const from = [range.from, after === undefined ? undefined : `${after} `].filter(
        (bound) => bound !== undefined,
      );
      const bounds = {
        ...(from.length > 0 ? { from: from.sort().at(-1) as string } : {}),
        ...(range.to === undefined ? {} : { to: `${range.to}~` }),
      };
      const pages = await Promise.all(
        keys
          .logPartitions(kind, day)
          .map((partition) => table.query({ table: 'history', partition, ...bounds, limit, backward })),
      );
      const items = pages.flatMap((page) => page.items).sort((a, b) => (a.sk < b.sk === backward ? 1 : -1));
      const taken = items.slice(0, limit);
      const isMore = items.length > limit || pages.some(({ next }) => next !== undefined);
      return { lines: taken.map(lineOf), next: isMore ? taken.at(-1)?.sk : undefined };
    },

    /** Hides the lines of a day before some time; {@link sweep} deletes them. */
    async hide(kind: LogKind, day: string, removedBefore: string): Promise<void> {
      await table.update('history', keys.logDay(kind, day), { set: { removedBefore } }, isThere);
    },

    /** Deletes some of the hidden lines of a day; at their end true, and the day is forgotten if it is over. Pattern A4. */
    async sweep({ kind, day, removedBefore }: LogDay): Promise<boolean> {
      if (removedBefore === null) return true;
      const pages = await Promise.all(
        keys
          .logPartitions(kind, day)
          .map((partition) =>
            table.query({ table: 'history', partition, to: removedBefore, limit: LINES_PER_STEP }),
          ),
      );
      const deletes = pages.flatMap(({ items }) => items.map(({ pk, sk }) => ({ pk, sk })));
      if (deletes.length > 0) await table.batchWrite('history', { deletes });
      if (pages.some(({ next }) => next !== undefined)) return false;
      const unchanged = [equals('removedBefore', removedBefore)];
      if (isHidden({ kind, day, removedBefore })) {
        noted.delete(`${kind}#${day}`);
        await table.delete('history', keys.logDay(kind, day), unchanged);
      } else {
        await table.update('history', keys.logDay(kind, day), { remove: ['removedBefore'] }, unchanged);
      }
      return true;
    },

    /** When the live log was cleared last. Pattern A5. */
    async clearedAt(): Promise<string | null> {
      const item = await table.get('history', keys.liveLogMark, { consistent: true });
      return item === undefined ? null : String(item['clearedAt']);
    },

    async clear(clearedAt: string): Promise<void> {
      await table.update('history', keys.liveLogMark, { set: { clearedAt } });
    },
  };
}

export type LogStore = ReturnType<typeof logStore>;

/** Whether nothing can be seen of a day any more. */
export const isHidden = ({ day, removedBefore }: LogDay): boolean =>
  removedBefore !== null && dayOf(removedBefore) > day;

export function lineItem(kind: LogKind, line: LogLine, expiresAt: number): Item {
  const { at, id, user, what, text } = line;
  return { ...keys.logLine(kind, dayOf(at), at, id), user, what, text, expiresAt };
}

function lineOf({ sk, user, what, text }: Item): LogLine {
  const [at = '', id = ''] = sk.split('#', 2);
  return { at, id, user: user === null ? null : String(user), what: String(what), text: String(text) };
}

function dayOfItem(item: Item): LogDay {
  return {
    kind: item['kind'] as LogKind,
    day: String(item['day']),
    removedBefore: item['removedBefore'] === undefined ? null : String(item['removedBefore']),
  };
}
