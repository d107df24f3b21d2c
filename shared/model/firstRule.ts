/** What a schema refuses, as people read it: the place of the first thing that is wrong, and the rule that it breaks. */
import type * as z from 'zod/mini';

export interface BrokenRule {
  readonly path: readonly PropertyKey[];
  readonly rule: string;
}

/** Path and rule of the first thing that is wrong in what was given. */
export function firstRule(issues: readonly z.core.$ZodIssue[], given: unknown): BrokenRule {
  const { path, rule } = firstIssue(issues, []);
  const value = path.reduce<unknown>((part, name) => (part as Record<PropertyKey, unknown>)?.[name], given);
  return { path, rule: value === undefined && path.length > 0 ? 'is required' : rule };
}

/** In a union, the issue of the branch that came furthest; of all of them if they came as far. */
function firstIssue(issues: readonly z.core.$ZodIssue[], before: readonly PropertyKey[]): BrokenRule {
  const [issue] = issues;
  if (issue === undefined) return { path: before, rule: 'is not valid' };
  const path = [...before, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return { path: [...path, issue.keys[0] ?? ''], rule: 'is not a field of this input' };
    case 'invalid_key':
      // The rule that the name of an entry breaks.
      return firstIssue(issue.issues, path);
    case 'invalid_union': {
      const depth = Math.max(...issue.errors.map((branch) => branch[0]?.path.length ?? 0));
      const furthest = issue.errors.filter((branch) => (branch[0]?.path.length ?? 0) === depth);
      const found = furthest.map((branch) => firstIssue(branch, path));
      return { path: found[0]?.path ?? path, rule: found.map(({ rule }) => rule).join(', or ') };
    }
    default:
      return { path, rule: lowerFirst(issue.message) };
  }
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** What the store keeps of numbers besides 0: magnitudes from the first up to the second. */
const NUMBERS = [1e-130, 1e126] as const;

/**
 * Finds what JSON can carry and no store keeps as it is, in whatever field: half a surrogate pair, a number out
 * of the store's range, and the one name that objects treat in their own way. The schema bounds the depth.
 */
export function findUnkeepable(value: unknown, path: readonly string[] = []): BrokenRule | undefined {
  if (typeof value === 'string' && !value.isWellFormed()) {
    return { path, rule: 'must be well-formed Unicode text' };
  }
  if (typeof value === 'number' && value !== 0) {
    const [least, most] = NUMBERS;
    if (Math.abs(value) < least || Math.abs(value) >= most)
      return { path, rule: `must be 0 or of a magnitude from ${least} to ${most}` };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    if (name === '__proto__') return { path: [...path, name], rule: 'is not a name that can be used' };
    const found =
      findUnkeepable(name, [...path, name.toWellFormed()]) ?? findUnkeepable(member, [...path, name]);
    if (found !== undefined) return found;
  }
  return undefined;
}
