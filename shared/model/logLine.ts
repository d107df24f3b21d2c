/** Lines of the logs that people read: what the dispatcher did, and what it was told to do. */
import * as z from 'zod/mini';
import { onDemand } from './onDemand.ts';

/** `activity`: what the dispatcher did and why. `action`: every call that was to change something. */
export const logKinds = ['activity', 'action'] as const;
export type LogKind = (typeof logKinds)[number];

export interface LogLine {
  /** UTC. The line is in the log of that day. */
  readonly at: string;
  /** The same for what is written twice: with the time it is the line's identity. */
  readonly id: string;
  /** Who did it; null for what the dispatcher did by itself. */
  readonly user: string | null;
  /** Operation of an action, event of an activity. */
  readonly what: string;
  readonly text: string;
}

/** A line as it is read, without its end. */
export const lineText = ({ at, user, what, text }: LogLine): string => `${at} ${user ?? '-'} ${what} ${text}`;

/** The day of a time, as logs are named. */
export const dayOf = (at: string): string => at.slice(0, 10);

/** Name of the log of a day, as a file would be called. */
export const logName = (kind: LogKind, day: string): string => `${kind}-${day}.log`;

/** Day in the name of a log. */
export const dayInName = (name: string): string => name.slice(-14, -4);

export const logNameSchema = (kind: LogKind) => logNames[kind]();
const logNames = {
  activity: onDemand(() => nameOf('activity')),
  action: onDemand(() => nameOf('action')),
} as const;

const nameOf = (kind: LogKind): z.ZodMiniString<string> =>
  z
    .string()
    .check(
      z.regex(
        new RegExp(`^${kind}-\\d{4}-\\d{2}-\\d{2}\\.log$`),
        `must be such as ${logName(kind, '2026-11-24')}`,
      ),
    );
