/** Times are UTC ISO 8601 strings with milliseconds; durations are numbers whose name ends in the unit. */
import * as z from 'zod/mini';
import { described } from './described.ts';
import { onDemand } from './onDemand.ts';

export const timeSchema = onDemand(() =>
  described(z.iso.datetime({ precision: 3 }), 'UTC time, ISO 8601 with milliseconds.'),
);

/** The time of a moment given in milliseconds since 1970. */
export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Milliseconds since 1970 of a time. */
export const milliseconds = (time: string): number => Date.parse(time);

/** The later of two times. */
export const laterOf = (a: string, b: string): string => (a > b ? a : b);

/** The month of a time: `2026-01`. */
export const monthOf = (time: string): string => time.slice(0, 7);

/** The months from one time to another, both inclusive; none if the second is before the first. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = monthOf(from); month <= monthOf(to); month = monthAfter(month)) months.push(month);
  return months;
}

function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return monthOf(isoTime(Date.UTC(year, number, 1)));
}
