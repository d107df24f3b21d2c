/** The logs of days, as they are listed, read and removed; the live log. */
import { notFound } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import { dayInName, type LogKind, type LogLine, lineText, logName } from '../model/logLine.ts';
import type { Context } from '../runtime/context.ts';
import { isHidden, type LogDay } from '../store/logStore.ts';
import { pageToken, readTextPageToken } from '../store/pages.ts';
import type { Once } from './once.ts';

export interface LogSearch {
  readonly name: string;
  readonly text?: string | undefined;
  readonly user?: string | undefined;
  readonly operation?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly pageToken?: string | undefined;
}

/** Names of the logs, newest first. */
export async function listLogs(context: Context, kind: LogKind): Promise<string[]> {
  const days = (await context.logs.days(kind)).filter((day) => !isHidden(day));
  return days.map(({ day }) => logName(kind, day)).reverse();
}

/** Some lines of the log of a day; of a page only those that are searched for. */
export async function readLog(
  context: Context,
  kind: LogKind,
  search: LogSearch,
): Promise<{ readonly text: string; readonly nextPageToken: string | null }> {
  const { name, limit, to } = search;
  const after = readTextPageToken(name, search.pageToken);
  const { day, removedBefore } = await getDay(context, kind, name);
  const from = later(search.from, removedBefore);
  const { lines, next } = await context.logs.lines(kind, day, { from, to, after, limit });
  const found = lines.filter((line) => isMeant(line, search)).map(lineText);
  return {
    text: found.map((line) => `${line}\n`).join(''),
    nextPageToken: next === undefined ? null : pageToken(name, next),
  };
}

function isMeant(line: LogLine, { text, user, operation }: LogSearch): boolean {
  return (
    (user === undefined || line.user === user) &&
    (operation === undefined || line.what === operation) &&
    (text === undefined || lineText(line).toLowerCase().includes(text.toLowerCase()))
  );
}

/** Lines up to now can be seen by nobody any more; the tick deletes them. Lines that are written later stay. */
export async function removeLog(context: Context, kind: LogKind, name: string, once: Once): Promise<void> {
  const { value: removedBefore } = await once.reserve(async () => {
    await getDay(context, kind, name);
    return timeAfter(context.clock);
  });
  await context.logs.hide(kind, dayInName(name), removedBefore);
}

async function getDay(context: Context, kind: LogKind, name: string): Promise<LogDay> {
  const day = await context.logs.findDay(kind, dayInName(name));
  if (day === undefined || isHidden(day)) throw notFound('log', name);
  return day;
}

/** The last lines of the activity log since it was cleared, oldest first. */
export async function lastLines(context: Context, limit: number): Promise<string[]> {
  const [clearedAt, days] = await Promise.all([context.logs.clearedAt(), context.logs.days('activity')]);
  const lines: LogLine[] = [];
  for (const { day, removedBefore } of days.reverse()) {
    if (lines.length >= limit || (clearedAt !== null && day < clearedAt.slice(0, 10))) break;
    const from = later(clearedAt ?? undefined, removedBefore);
    const range = { from, limit: limit - lines.length, backward: true };
    lines.push(...(await context.logs.lines('activity', day, range)).lines);
  }
  return lines.reverse().map(lineText);
}

/** The later of two times, of those that are given. */
const later = (one: string | undefined, other: string | null): string | undefined =>
  [one, other ?? undefined]
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);
