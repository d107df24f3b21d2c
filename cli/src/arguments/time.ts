/** Moments on the command line. */
import { InvalidArgumentError } from 'commander';

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3_600, d: 86_400 };

/**
 * `18:30` (local, today or else tomorrow), `+90min`, `2026-01-31 18:30` (local) or ISO 8601, as the UTC time that the
 * dispatcher takes; null for `now`.
 */
export function parseTime(text: string, now = Date.now()): string | null {
  const wanted = text.trim();
  if (wanted === 'now') return null;
  const moment = relative(wanted, now) ?? timeOfDay(wanted, now) ?? calendarTime(wanted);
  if (moment === undefined || Number.isNaN(moment)) {
    throw new InvalidArgumentError('It must be such as 18:30, +90min, 2026-01-31 18:30 or now.');
  }
  return new Date(moment).toISOString();
}

/** A moment that has been: `2026-01-31 18:30` (local) or ISO 8601, as the UTC time that the dispatcher takes. */
export function parsePastTime(text: string): string {
  const moment = calendarTime(text.trim());
  if (moment === undefined || Number.isNaN(moment)) {
    throw new InvalidArgumentError('It must be such as 2026-01-31 18:30.');
  }
  return new Date(moment).toISOString();
}

function relative(text: string, now: number): number | undefined {
  const match = /^\+(\d+)\s*(s|m|min|h|d)$/.exec(text);
  return match === null ? undefined : now + Number(match[1]) * (seconds[match[2] ?? ''] ?? 0) * 1_000;
}

function timeOfDay(text: string, now: number): number | undefined {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  if (hours > 23 || minutes > 59) return undefined;
  const moment = new Date(now);
  moment.setHours(hours, minutes, 0, 0);
  // By the calendar: a day on which the clocks change does not have 24 hours.
  if (moment.getTime() <= now) moment.setDate(moment.getDate() + 1);
  return moment.getTime();
}

/** A day without a time is its midnight here, not in Greenwich as JavaScript has it. */
function calendarTime(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  return Date.parse(text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T'));
}
