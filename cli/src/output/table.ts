/** Tables that fit their terminal: unimportant columns go first, then long texts are cut. */
import { printable } from './printable.ts';
import type { Paint } from './screen.ts';
import type { Style, Styled } from './styles.ts';
import { fit, pad, textWidth } from './width.ts';

export type Cell = string | Styled;

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Cell;
  /** @default 'left' */
  readonly align?: 'left' | 'right';
  /** On a narrow terminal columns with larger numbers are left out first. @default 0, never left out */
  readonly rank?: number;
  /** May be cut down to so many characters before another column is left out. @default never cut */
  readonly shrinksTo?: number;
}

interface Laid {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly rank: number;
  readonly least: number;
  readonly cells: readonly Styled[];
  width: number;
}

const GAP = 2;
const none: Style = [];

/** Lines of a table, titles first. Columns in which every cell is empty are left out. */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width: number,
  paint: Paint,
): string[] {
  const laid = columns.map((column) => layOut(column, rows)).filter(({ cells }) => cells.some(({ text }) => text !== ''));
  const kept = fitColumns(laid, width);
  const line = (cellOf: (column: Laid) => Styled): string =>
    kept
      .map((column, index) => {
        const { text, style } = cellOf(column);
        const cut = fit(text, column.width);
        const isLast = index === kept.length - 1;
        const padding = pad(cut, column.width, column.align).length - cut.length;
        const spaces = ' '.repeat(padding);
        const painted = cut === '' ? '' : paint(style, cut);
        if (column.align === 'right') return spaces + painted;
        return isLast ? painted : painted + spaces;
      })
      .join(' '.repeat(GAP))
      .trimEnd();
  return [
    line(({ title }) => ({ text: title, style: 'dim' })),
    ...rows.map((_, row) => line(({ cells }) => cells[row] ?? { text: '', style: none })),
  ];
}

function layOut<Row>(column: Column<Row>, rows: readonly Row[]): Laid {
  const cells = rows.map((row) => {
    const cell = column.cell(row);
    const { text, style } = typeof cell === 'string' ? { text: cell, style: none } : cell;
    return { text: printable(text), style };
  });
  const width = cells.reduce((most, { text }) => Math.max(most, textWidth(text)), textWidth(column.title));
  const least = column.shrinksTo === undefined ? width : Math.min(width, column.shrinksTo);
  return { title: column.title, align: column.align ?? 'left', rank: column.rank ?? 0, least, cells, width };
}

/** Leaves columns out until the rest fits when cut, then cuts the widest again and again until it does. */
function fitColumns(all: readonly Laid[], width: number): Laid[] {
  const kept = [...all];
  const taken = (of: (column: Laid) => number): number =>
    kept.reduce((sum, column) => sum + of(column), GAP * (kept.length - 1));
  while (taken(({ least }) => least) > width) {
    const last = kept.reduce<Laid | undefined>(
      (worst, column) => (column.rank > (worst?.rank ?? 0) ? column : worst),
      undefined,
    );
    if (last === undefined) break;
    kept.splice(kept.indexOf(last), 1);
  }
  for (let over = taken((column) => column.width) - width; over > 0; over -= 1) {
    const widest = kept
      .filter((column) => column.width > column.least)
      .reduce<Laid | undefined>((most, column) => (column.width > (most?.width ?? 0) ? column : most), undefined);
    if (widest === undefined) break;
    widest.width -= 1;
  }
  return kept;
}
