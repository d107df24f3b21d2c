/** Output of render programs that is printed piece by piece. */
import { logForTerminal } from './logText.ts';
import { safeJson } from './printable.ts';
import type { Screen } from './screen.ts';

export interface LogPiece {
  readonly attempt: number;
  /** Characters before it. */
  readonly from: number;
  readonly text: string;
}

export interface LogWriter {
  write(piece: LogPiece): void;
  /** Characters of the log that are printed, or known to be left out. */
  length(): number;
  /** Whether what was printed stands in this text at the same place, so that the text can go on from there. */
  continues(text: string): boolean;
  /** Prints the line that was not ended. */
  end(): void;
}

/** Enough to tell that a text is the same one. */
const REMEMBERED = 200;

/** A terminal gets whole lines, made harmless; a file or program gets the pieces as they are. */
export function openLogWriter(screen: Screen): LogWriter {
  let length = 0;
  let tail = '';
  let unfinished = '';
  const print = (text: string): void => {
    if (text !== '') process.stdout.write(screen.isTerminal ? logForTerminal(text) : text);
  };
  return {
    write({ attempt, from, text }) {
      tail = (from > length ? text : tail + text).slice(-REMEMBERED);
      length = from + text.length;
      if (text === '') return;
      if (screen.isJson) screen.print([safeJson({ attempt, from, text })]);
      else if (screen.isTerminal) {
        const all = unfinished + text;
        const end = endOfLines(all);
        unfinished = all.slice(end);
        print(all.slice(0, end));
      } else print(text);
    },
    length: () => length,
    continues: (text) => text.length >= length && text.slice(length - tail.length, length) === tail,
    end() {
      print(unfinished);
      unfinished = '';
    },
  };
}

/** Behind the last end of a line; a carriage return that comes last may be half of one. */
const endOfLines = (text: string): number =>
  Math.max(text.lastIndexOf('\n'), text.slice(0, -1).lastIndexOf('\r')) + 1;
