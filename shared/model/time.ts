/** Times are UTC ISO 8601 strings with milliseconds; durations are numbers whose name ends in the unit. */
import { z } from 'zod';

export const timeSchema = z.iso.datetime({ precision: 3 }).describe('UTC time, ISO 8601 with milliseconds.');

/** The time of a moment given in milliseconds since 1970. */
export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Milliseconds since 1970 of a time. */
export const milliseconds = (time: string): number => Date.parse(time);
