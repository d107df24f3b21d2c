/** Filters of searches, with what people typed in its place: as text, whatever signs it has. */
import { Filter, FilterParser } from 'ldapts';

/** Puts texts in the places of their names. One pass: what was put in is not looked at again. */
export const filledFilter = (template: string, texts: Readonly<Record<string, string>>): string =>
  template.replace(/\{(name|dn)\}/g, (place, name: string) =>
    texts[name] === undefined ? place : Filter.escape(texts[name]),
  );

/** The filter of a user, for all users. */
export const listingFilter = (template: string): string => template.replaceAll('{name}', '*');

/** The parser lets some filters pass whose end is missing. */
function isBalanced(template: string): boolean {
  let depth = 0;
  for (const sign of template.replace(/\\../g, '')) {
    if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** What is wrong with a filter; undefined if nothing is. */
export function findFilterFault(template: string): string | undefined {
  try {
    for (const filter of [filledFilter(template, { name: 'a', dn: 'a' }), listingFilter(template)])
      FilterParser.parseString(filter);
    return isBalanced(template) ? undefined : 'parentheses that do not fit together';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
