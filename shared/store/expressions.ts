/**
 * Guards and changes as DynamoDB expressions. Every name and value becomes a placeholder, so that reserved
 * words and odd characters need no thought.
 */
import { toWire, type WireItem } from './attributes.ts';
import type { Changes, Clause, Guard, Operand, Value } from './table.ts';

/** `IN` takes so many operands. */
const largestIn = 100;

/** Collects the placeholders of the expressions of one request. */
export class Placeholders {
  readonly #names = new Map<string, string>();
  readonly #values: { [placeholder: string]: Value } = {};
  #valueCount = 0;

  /** Placeholder of one attribute name, whatever characters it has. */
  name(name: string): string {
    let placeholder = this.#names.get(name);
    if (placeholder === undefined) {
      placeholder = `#n${this.#names.size}`;
      this.#names.set(name, placeholder);
    }
    return placeholder;
  }

  /** Placeholders of a dotted path. */
  path(path: string): string {
    return path
      .split('.')
      .map((name) => this.name(name))
      .join('.');
  }

  value(value: Value): string {
    const placeholder = `:v${this.#valueCount}`;
    this.#valueCount += 1;
    this.#values[placeholder] = value;
    return placeholder;
  }

  /** The two request parameters; left out when empty, as DynamoDB demands. */
  get attributes(): {
    ExpressionAttributeNames?: Record<string, string>;
    ExpressionAttributeValues?: WireItem;
  } {
    const names = Object.fromEntries([...this.#names].map(([name, placeholder]) => [placeholder, name]));
    return {
      ...(this.#names.size > 0 && { ExpressionAttributeNames: names }),
      ...(this.#valueCount > 0 && { ExpressionAttributeValues: toWire(this.#values) }),
    };
  }
}

/** A condition expression; undefined for a guard that always holds. */
export function conditionOf(guard: Guard, placeholders: Placeholders): string | undefined {
  return guard.length === 0 ? undefined : joined(guard, 'AND', placeholders).text;
}

/** An expression, and whether it needs parentheses inside another: DynamoDB refuses those that it does not need. */
interface Condition {
  readonly text: string;
  readonly isJoined: boolean;
}

const plain = (text: string): Condition => ({ text, isJoined: false });

function condition(clause: Clause, placeholders: Placeholders): Condition {
  switch (clause.kind) {
    case 'exists':
      return plain(`attribute_exists(${placeholders.path(clause.path)})`);
    case 'absent':
      return plain(`attribute_not_exists(${placeholders.path(clause.path)})`);
    case 'compare': {
      const right = operand(clause.operand, placeholders);
      return plain(`${placeholders.path(clause.path)} ${clause.operator} ${right}`);
    }
    case 'oneOf':
      return oneOf(clause.path, clause.values, placeholders);
    case 'all':
      return joined(clause.clauses, 'AND', placeholders);
    case 'any':
      return joined(clause.clauses, 'OR', placeholders);
  }
}

type Junction = 'AND' | 'OR';

function joined(clauses: readonly Clause[], junction: Junction, placeholders: Placeholders): Condition {
  if (clauses.length === 0) return constant(junction === 'AND', placeholders);
  return join(
    clauses.map((clause) => condition(clause, placeholders)),
    junction,
  );
}

function join(parts: readonly Condition[], junction: Junction): Condition {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const texts = parts.map(({ text, isJoined }) => (isJoined ? `(${text})` : text));
  return { text: texts.join(` ${junction} `), isJoined: true };
}

/** DynamoDB has no words for true and false; but an item has its key or has it not. */
function constant(value: boolean, placeholders: Placeholders): Condition {
  const key = placeholders.name('pk');
  const parts = [plain(`attribute_exists(${key})`), plain(`attribute_not_exists(${key})`)];
  return join(parts, value ? 'OR' : 'AND');
}

function oneOf(path: string, values: readonly (string | number)[], placeholders: Placeholders): Condition {
  if (values.length === 0) return constant(false, placeholders);
  const name = placeholders.path(path);
  const parts: Condition[] = [];
  for (let from = 0; from < values.length; from += largestIn) {
    const part = values.slice(from, from + largestIn).map((value) => placeholders.value(value));
    parts.push(plain(`${name} IN (${part.join(', ')})`));
  }
  return join(parts, 'OR');
}

function operand(value: Operand, placeholders: Placeholders): string {
  const isReference = value !== null && typeof value === 'object';
  return isReference ? placeholders.path(value.attribute) : placeholders.value(value);
}

/** An update expression; undefined when there is nothing to change. */
export function updateOf(changes: Changes, placeholders: Placeholders): string | undefined {
  const sets = [
    ...Object.entries(changes.set ?? {}).map(
      ([path, value]) => `${placeholders.path(path)} = ${placeholders.value(value)}`,
    ),
    ...Object.entries(changes.setIfAbsent ?? {}).map(([path, value]) => {
      const name = placeholders.path(path);
      return `${name} = if_not_exists(${name}, ${placeholders.value(value)})`;
    }),
  ];
  const adds = Object.entries(changes.add ?? {}).map(
    ([name, amount]) => `${placeholders.path(name)} ${placeholders.value(amount)}`,
  );
  const removes = (changes.remove ?? []).map((path) => placeholders.path(path));
  const parts = [
    ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
    ...(adds.length > 0 ? [`ADD ${adds.join(', ')}`] : []),
    ...(removes.length > 0 ? [`REMOVE ${removes.join(', ')}`] : []),
  ];
  return parts.length > 0 ? parts.join(' ') : undefined;
}
