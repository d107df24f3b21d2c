/** Tables that fit their terminal: unimportant columns go first, then long texts are cut. */
import { cutParts, lineWidth, paintLine } from './line.ts';
import { printable } from './printable.ts';
import type { Paint } from './screen.ts';
import { type Styled, styled } from './styles.ts';
import { textWidth } from './width.ts';

export type Cell = string | Styled | readonly Styled[];

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
  readonly cells: readonly (readonly Styled[])[];
  width: number;
}

const GAP = 2;

/** Lines of a table, titles first. Columns in which every cell is empty are left out. */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width: number,
  paint: Paint,
): string[] {
  const laid = columns
    .map((column) => layOut(column, rows))
    .filter(({ cells }) => cells.some((parts) => lineWidth(parts) > 0));
  const kept = fitColumns(laid, width);
  const line = (partsOf: (column: Laid) => readonly Styled[]): string =>
    kept
      .map((column) => {
        const parts = cutParts(partsOf(column), column.width);
        const spaces = ' '.repeat(Math.max(0, column.width - lineWidth(parts)));
        const text = paintLine(parts, column.width, paint);
        return column.align === 'right' ? spaces + text : text + spaces;
      })
      .join(' '.repeat(GAP))
      .trimEnd();
  return [
    line(({ title }) => [styled('dim', title)]),
    ...rows.map((_, row) => line(({ cells }) => cells[row] ?? [])),
  ];
}

function layOut<Row>(column: Column<Row>, rows: readonly Row[]): Laid {
  const cells = rows.map((row) => partsOf(column.cell(row)));
  const width = cells.reduce((most, parts) => Math.max(most, lineWidth(parts)), textWidth(column.title));
  const least = column.shrinksTo === undefined ? width : Math.min(width, column.shrinksTo);
  return { title: column.title, align: column.align ?? 'left', rank: column.rank ?? 0, least, cells, width };
}

function partsOf(cell: Cell): Styled[] {
  const parts = typeof cell === 'string' ? [styled([], cell)] : 'text' in cell ? [cell] : cell;
  return parts.map(({ text, style }) => styled(style, printable(text)));
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
      .reduce<Laid | undefined>(
        (most, column) => (column.width > (most?.width ?? 0) ? column : most),
        undefined,
      );
    if (widest === undefined) break;
    widest.width -= 1;
  }
  return kept;
}
