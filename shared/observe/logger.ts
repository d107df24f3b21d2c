/** Writes declared events as JSON lines, the form that log services read. */
import { type LogEvent, logEvents } from './logEvents.ts';

type Fields = Readonly<Record<string, string | number | boolean | null>>;

export interface Logger {
  log(event: LogEvent, fields?: Fields, error?: unknown): void;
}

/** A logger that gives each line to `write`. */
export function createLogger(write: (line: string) => void): Logger {
  return {
    log(event, fields = {}, error) {
      const cause =
        error === undefined ? {} : { error: error instanceof Error ? describe(error) : String(error) };
      write(JSON.stringify({ level: logEvents[event].level, event, ...fields, ...cause }));
    },
  };
}

/** The stack with its causes, so that one line tells the whole story. */
function describe(error: Error): string {
  const stack = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause instanceof Error ? `${stack}\ncaused by ${describe(error.cause)}` : stack;
}
