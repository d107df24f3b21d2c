/** Lines made of parts in different colours. */
import type { Paint } from './screen.ts';
import type { Styled } from './styles.ts';
import { shorten, textWidth } from './width.ts';

export const lineWidth = (parts: readonly Styled[]): number =>
  parts.reduce((sum, { text }) => sum + textWidth(text), 0);

/** The parts one after another, cut to so many columns. */
export function cutParts(parts: readonly Styled[], width: number): Styled[] {
  const kept: Styled[] = [];
  let left = width;
  for (const { text, style } of parts) {
    const short = shorten(text, left);
    if (short !== '') kept.push({ text: short, style });
    if (short !== text) break;
    left -= textWidth(short);
  }
  return kept;
}

/** A cut line in its colours. They come last: otherwise they would be measured and cut with the text. */
export const paintLine = (parts: readonly Styled[], width: number, paint: Paint): string =>
  cutParts(parts, width)
    .map(({ text, style }) => paint(style, text))
    .join('');

/** Puts the same text between parts. */
export const joinParts = (parts: readonly Styled[], separator: string): Styled[] =>
  parts.flatMap((part, index) => (index === 0 ? [part] : [{ text: separator, style: [] }, part]));
