/** The text of a command line as words. There is no shell anywhere, so this rule is all the syntax there is. */

/** Words of a command line, or the rule that the text breaks. */
export type Words = { readonly words: readonly string[] } | { readonly rule: string };

/**
 * Splits a command line into words.
 *
 * Text that starts with `[` is a JSON array of strings, taken as it is. Any other text is split at white space;
 * `'…'` and `"…"` keep what is between them together, also in the middle of a word, and are dropped. Nothing else is
 * special: a backslash is a backslash, so that paths of Windows need no care, and there are no variables, wildcards,
 * pipes or redirections.
 */
export function splitWords(text: string): Words {
  return text.trimStart().startsWith('[') ? jsonWords(text) : quotedWords(text);
}

function jsonWords(text: string): Words {
  const rule = 'starts with [ and must then be a JSON array of strings';
  try {
    const value: unknown = JSON.parse(text);
    const isText = (word: unknown): word is string => typeof word === 'string';
    return Array.isArray(value) && value.every(isText) ? { words: value } : { rule };
  } catch {
    return { rule };
  }
}

function quotedWords(text: string): Words {
  const words: string[] = [];
  // Undefined between words; an empty string inside one, so that '' is a word.
  let word: string | undefined;
  let quote: string | undefined;
  for (const character of text) {
    if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else word = (word ?? '') + character;
    } else if (character === "'" || character === '"') {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== undefined) return { rule: `has a ${quote} that is not closed` };
  if (word !== undefined) words.push(word);
  return { words };
}
