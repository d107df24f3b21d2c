/** Event filtering of Lambda: whether a record fits one of an event source's patterns. */

type Pattern = { readonly [name: string]: Pattern | readonly Rule[] };
type Rule = string | number | boolean | null | { readonly exists: boolean };

/** Patterns are alternatives; none at all lets every record through. */
export const matchesAny = (patterns: readonly string[], record: unknown): boolean =>
  patterns.length === 0 || patterns.some((pattern) => matchesPattern(JSON.parse(pattern) as Pattern, record));

function matchesPattern(pattern: Pattern, value: unknown): boolean {
  return Object.entries(pattern).every(([name, part]) => {
    const isObject = typeof value === 'object' && value !== null;
    const found = isObject ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
    return isRules(part) ? part.some((rule) => matchesRule(rule, found)) : matchesPattern(part, found);
  });
}

const isRules = (part: Pattern | readonly Rule[]): part is readonly Rule[] => Array.isArray(part);

/** `exists` speaks of a value that is no object, as AWS has it; null is a value. */
function matchesRule(rule: Rule, value: unknown): boolean {
  if (typeof rule !== 'object' || rule === null) return rule === value;
  if ('exists' in rule)
    return rule.exists === (value !== undefined && (typeof value !== 'object' || value === null));
  throw new Error(`rule ${JSON.stringify(rule)} is not known here`);
}
