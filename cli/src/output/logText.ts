/** Output of render programs in a terminal. */
import { printable } from './printable.ts';

const ESCAPE = '\u{1B}';
const colour = new RegExp(`(${ESCAPE}\\[[\\d;]*m)`);
const RESET = `${ESCAPE}[0m`;

/**
 * Keeps lines and colours; nothing else that a program printed may act on the terminal of whoever reads it later.
 * A bare carriage return, with which programs overwrite their progress, ends a line.
 */
export function logForTerminal(log: string): string {
  const lines = log.replace(/\r\n/g, '\n').replace(/\r/g, '\n').split('\n');
  const text = lines.map((line) =>
    line
      .split(colour)
      .map((part, index) => (index % 2 === 1 ? part : part.split('\t').map(printable).join('\t')))
      .join(''),
  );
  return text.join('\n') + (colour.test(log) ? RESET : '') + (log === '' || log.endsWith('\n') ? '' : '\n');
}
