/** Durations, times and numbers for people. */

const units = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3_600 },
  { name: 'min', seconds: 60 },
  { name: 's', seconds: 1 },
] as const;

/** A duration in its two largest units, such as `1 h 12 min`; more would be noise. */
export function duration(seconds: number): string {
  if (seconds < 1) return '<1 s';
  const whole = Math.round(seconds);
  const first = units.findIndex((unit) => whole >= unit.seconds);
  const [large, small] = [units[first], units[first + 1]];
  if (large === undefined) return '<1 s';
  const count = Math.floor(whole / large.seconds);
  const rest = small === undefined ? 0 : Math.floor((whole % large.seconds) / small.seconds);
  return small === undefined || rest === 0
    ? `${count} ${large.name}`
    : `${count} ${large.name} ${rest} ${small.name}`;
}

/** An estimate: without seconds once there are many minutes. */
export const roughly = (seconds: number): string =>
  duration(seconds < 600 ? seconds : Math.round(seconds / 60) * 60);

/** Time from one moment to another, or to now while it goes on; nothing if it has not begun. */
export function timeBetween(from: string | null, to: string | null, now: number): string {
  if (from === null) return '';
  return duration(Math.max(0, ((to === null ? now : Date.parse(to)) - Date.parse(from)) / 1_000));
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (number: number): string => String(number).padStart(2, '0');

/** A moment in local time, as short as it stays clear: without the day when it is today, without the year when it is this one. */
export function shortTime(time: string | null, now: number): string {
  if (time === null) return '';
  const [date, today] = [new Date(time), new Date(now)];
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (date.toDateString() === today.toDateString()) return clock;
  const day = `${date.getDate()} ${months[date.getMonth()]}`;
  return date.getFullYear() === today.getFullYear() ? `${day} ${clock}` : `${day} ${date.getFullYear()}`;
}

/** A moment in local time to the second, such as `2026-01-31 18:30:00`. */
export function fullTime(time: string): string {
  const date = new Date(time);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clockTime(date)}`;
}

/** A text in which the dispatcher's UTC times are put into local ones. */
export const withLocalTimes = (text: string): string =>
  text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, fullTime);

/** The time of day in local time. */
export const clockTime = (date: Date): string =>
  `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;

/** A count and its noun: `1 chunk`, `12 chunks`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Never 100 % before everything is done. */
export const percent = (share: number): string => `${Math.floor(share * 100)} %`;

/** Memory and disk space, such as `31 GB`. */
export function size(megabytes: number): string {
  if (megabytes >= 1_000_000) return `${(megabytes / 1_048_576).toFixed(1)} TB`;
  return megabytes >= 1_000 ? `${Math.round(megabytes / 1_024)} GB` : `${Math.round(megabytes)} MB`;
}
