/** Names and values below each other. */
import { printable } from './printable.ts';
import type { Screen } from './screen.ts';
import { pad, shorten, textWidth } from './width.ts';

export type Pair = readonly [name: string, value: string];

/** One line a pair; a pair without a value is left out. */
export function pairs(all: readonly Pair[], { paint, width }: Pick<Screen, 'paint' | 'width'>): string[] {
  const shown = all
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [printable(name), printable(value)] as const);
  const margin = Math.max(0, ...shown.map(([name]) => textWidth(name))) + 2;
  return shown.map(
    ([name, value]) => `${paint('dim', pad(name, margin))}${shorten(value, width() - margin)}`,
  );
}
