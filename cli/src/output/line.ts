/** Lines made of parts in different colours. */
import type { Paint } from './screen.ts';
import type { Styled } from './styles.ts';
import { shorten, textWidth } from './width.ts';

export const lineWidth = (parts: readonly Styled[]): number =>
  parts.reduce((sum, { text }) => sum + textWidth(text), 0);

/** The parts one after another, cut to so many columns. Colours come last: they would be measured and cut with the text. */
export function paintLine(parts: readonly Styled[], width: number, paint: Paint): string {
  let left = width;
  let line = '';
  for (const { text, style } of parts) {
    const cut = shorten(text, left);
    if (cut !== '') line += paint(style, cut);
    if (cut !== text) break;
    left -= textWidth(cut);
  }
  return line;
}

/** Puts the same text between parts. */
export const joinParts = (parts: readonly Styled[], separator: string): Styled[] =>
  parts.flatMap((part, index) => (index === 0 ? [part] : [{ text: separator, style: [] }, part]));
