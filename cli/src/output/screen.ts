/** Where answers, notes and errors go, and how they look there. */
import { styleText } from 'node:util';
import { errorText } from '../failure.ts';
import { safeJson } from './printable.ts';
import type { Style } from './styles.ts';

/** Colours a text, or leaves it as it is where colours are not wanted. */
export type Paint = (style: Style, text: string) => string;

/** The answer of a command in its three forms; only the one that is asked for is made. */
export interface Answer {
  /** With --json. */
  readonly json: () => unknown;
  /** For people. */
  readonly text: () => readonly string[];
  /** With --quiet: what a script goes on with, such as an id. @default nothing */
  readonly quiet?: () => readonly string[];
}

export interface Screen {
  readonly paint: Paint;
  readonly isTerminal: boolean;
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  /** Columns that a line may take; infinite when it goes into a file or another program, where nothing is cut. */
  width(): number;
  answer(answer: Answer): void;
  /** Lines on standard output. */
  print(lines: readonly string[]): void;
  /** A remark beside the answer, on standard error; not with --quiet. */
  note(line: string): void;
  error(error: unknown): void;
}

/** The screen of this process. */
export function openScreen(modes: { readonly json: boolean; readonly quiet: boolean }): Screen {
  const isTerminal = process.stdout.isTTY === true;
  const print = (lines: readonly string[]): void => {
    if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
  };
  return {
    paint: (style, text) => styleText(style, text, { stream: process.stdout }),
    isTerminal,
    isJson: modes.json,
    isQuiet: modes.quiet,
    width: () => (isTerminal ? process.stdout.columns : columnsOfEnvironment()),
    answer({ json, text, quiet }) {
      if (modes.json) print([safeJson(json(), 2)]);
      else print(modes.quiet ? (quiet?.() ?? []) : text());
    },
    print,
    note(line) {
      if (!modes.quiet) process.stderr.write(`${line}\n`);
    },
    error: printError,
  };
}

/** An error in one line on standard error. */
export const printError = (error: unknown): void => printErrorLine(errorText(error));

export function printErrorLine(text: string): void {
  process.stderr.write(`${styleText('red', 'rollcall:', { stream: process.stderr })} ${text}\n`);
}

/** `COLUMNS` lets a script ask for a width of its own. */
function columnsOfEnvironment(): number {
  const columns = Number(process.env['COLUMNS']);
  return Number.isInteger(columns) && columns >= 20 ? columns : Number.POSITIVE_INFINITY;
}
