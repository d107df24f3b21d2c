/** How `mrtool` writes rows, times and durations. */

interface Layout {
  readonly hasHeader: boolean;
  /** Columns padded with blanks instead of separated by `|`. */
  readonly isPadded: boolean;
}

/** Without a header its line stays, empty: scripts skip the first line in any case. */
export function rows<Entry>(
  entries: readonly Entry[],
  columns: readonly (readonly [string, (entry: Entry) => string])[],
  { hasHeader, isPadded }: Layout,
): string[] {
  const titles = columns.map(([title]) => title);
  const cells = entries.map((entry) => columns.map(([, cell]) => cell(entry)));
  const widths = titles.map((title, column) =>
    Math.max(hasHeader ? title.length : 0, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    isPadded ? row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' ') : row.join('|');
  return [hasHeader ? line(titles) : '', ...cells.map(line)];
}

/** `2026-11-24 08:10:02` on this machine's clock; empty for what has not come. */
export function localTime(time: string | null): string {
  if (time === null) return '';
  const date = new Date(time);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

/** `0 days, 1 hours, 2 mins, 3 secs`, up to now while there is no end. */
export function elapsed(from: string | null, to: string | null): string {
  const ended = to === null ? Date.now() : Date.parse(to);
  const seconds = from === null ? 0 : Math.max(0, Math.floor((ended - Date.parse(from)) / 1_000));
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3_600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  return `${days} days, ${hours} hours, ${minutes} mins, ${seconds % 60} secs`;
}
