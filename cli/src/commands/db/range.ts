import { parseTime } from '../../arguments/time.ts';

/** A moment as the dispatcher takes it, `now` too. */
export const parseMoment = (text: string): string => parseTime(text) ?? new Date().toISOString();
