/** The text of a command as program and arguments. There is no shell anywhere, so this rule is all the syntax there is. */

/**
 * The rule of the templates: text that starts with `[` is a JSON array of strings; any other text is split at white space,
 * `'…'` and `"…"` keep what is between them together. A backslash is a backslash. Undefined if the text breaks the rule, or
 * has no words.
 */
export function splitWords(text: string): readonly string[] | undefined {
  const words = text.trimStart().startsWith('[') ? jsonWords(text) : quotedWords(text);
  return words === undefined || words.length === 0 ? undefined : words;
}

function jsonWords(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isText = (word: unknown): word is string => typeof word === 'string';
    return Array.isArray(value) && value.every(isText) ? value : undefined;
  } catch {
    return undefined;
  }
}

function quotedWords(text: string): readonly string[] | undefined {
  // A word is a run of parts: quoted ones, and characters that are neither blank nor a quote.
  const word = /(?:'[^']*'|"[^"]*"|[^\s'"])+/g;
  if (text.replace(word, '').trim() !== '') return undefined;
  return (text.match(word) ?? []).map((part) =>
    part.replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''),
  );
}
