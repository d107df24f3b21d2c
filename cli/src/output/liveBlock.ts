/** Lines at the end of a terminal that are drawn over again and again. */
import { stripVTControlCharacters } from 'node:util';
import { textWidth } from './width.ts';

const HIDE_CURSOR = '\u{1B}[?25l';
const SHOW_CURSOR = '\u{1B}[?25h';
const CLEAR_LINE_END = '\u{1B}[K';
const CLEAR_BELOW = '\u{1B}[J';
const up = (rows: number): string => (rows > 0 ? `\u{1B}[${rows}A` : '');

export interface LiveBlock {
  draw(lines: readonly string[]): void;
  /** Leaves the last lines as they are and gives the cursor back. */
  end(): void;
}

/** Opens a block. The cursor comes back whatever ends the program, Ctrl-C too. */
export function openLiveBlock(terminal: NodeJS.WriteStream): LiveBlock {
  let drawn: readonly string[] = [];
  const showCursor = (): void => {
    terminal.write(SHOW_CURSOR);
  };
  process.once('exit', showCursor);
  terminal.write(HIDE_CURSOR);
  return {
    draw(lines) {
      const back = up(rowsOf(drawn, terminal.columns));
      // One write, so that no half of it is seen.
      terminal.write(`${back}\r${lines.map((line) => `${line}${CLEAR_LINE_END}\n`).join('')}${CLEAR_BELOW}`);
      drawn = lines;
    },
    end() {
      process.off('exit', showCursor);
      showCursor();
    },
  };
}

/** Rows that lines take now: a terminal that was made narrower has broken them. */
function rowsOf(lines: readonly string[], columns: number): number {
  return lines.reduce(
    (rows, line) => rows + Math.max(1, Math.ceil(textWidth(stripVTControlCharacters(line)) / columns)),
    0,
  );
}
