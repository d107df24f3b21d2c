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
