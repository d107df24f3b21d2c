import type { Clock } from '../../shared/model/clock.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Whether this is the first tick of an hour: for duties that once an hour is often enough. */
export const isFirstOfHour = (clock: Clock): boolean => clock.now() % HOUR_MS < MINUTE_MS;
