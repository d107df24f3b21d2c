/**
 * Guards, decided on an item as DynamoDB decides condition expressions: values of different types are never
 * equal and never in order, strings are ordered by their UTF-8 bytes, and an absent attribute fails every
 * comparison but "differs from".
 */
import { isDeepStrictEqual } from 'node:util';
import { compareUtf8 } from '../../shared/store/queryBounds.ts';
import type { Clause, Guard, Item, Operand, Value } from '../../shared/store/table.ts';

/** Whether every clause holds on the item; undefined stands for an item that does not exist. */
export function holds(guard: Guard, item: Item | undefined): boolean {
  return guard.every((clause) => holdsClause(clause, item));
}

function holdsClause(clause: Clause, item: Item | undefined): boolean {
  switch (clause.kind) {
    case 'exists':
      return valueAt(item, clause.path) !== undefined;
    case 'absent':
      return valueAt(item, clause.path) === undefined;
    case 'compare':
      return compares(
        valueAt(item, clause.path),
        clause.operator,
        operandValue(clause.operand, clause.operator, item),
      );
    case 'oneOf': {
      const value = valueAt(item, clause.path);
      return clause.values.some((candidate) => candidate === value);
    }
    case 'all':
      return clause.clauses.every((inner) => holdsClause(inner, item));
    case 'any':
      return clause.clauses.some((inner) => holdsClause(inner, item));
  }
}

type Operator = Extract<Clause, { kind: 'compare' }>['operator'];

function operandValue(operand: Operand, operator: Operator, item: Item | undefined): Value | undefined {
  if (operand !== null && typeof operand === 'object') return valueAt(item, operand.attribute);
  const ordered = typeof operand === 'string' || typeof operand === 'number';
  if (!ordered && operator !== '=' && operator !== '<>') {
    throw new Error(`a ${operand === null ? 'null' : 'boolean'} cannot be compared with ${operator}`);
  }
  return operand;
}

function compares(left: Value | undefined, operator: Operator, right: Value | undefined): boolean {
  if (operator === '=') return isSame(left, right);
  if (operator === '<>') return !isSame(left, right);
  const order = orderOf(left, right);
  if (order === undefined) return false;
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/** Equality of two present values; lists and maps are equal when their contents are. */
const isSame = (left: Value | undefined, right: Value | undefined): boolean =>
  left !== undefined && (left === right || (typeof left === 'object' && isDeepStrictEqual(left, right)));

/** Negative, zero or positive; undefined for values that have no order. */
function orderOf(left: Value | undefined, right: Value | undefined): number | undefined {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return compareUtf8(left, right);
  return undefined;
}

/** The value at an attribute name or dotted path; undefined when any part of the path is absent. */
function valueAt(item: Item | undefined, path: string): Value | undefined {
  if (item === undefined) return undefined;
  if (!path.includes('.')) return own(item, path);
  let value: Value | undefined = item;
  for (const name of path.split('.')) {
    if (!isMap(value)) return undefined;
    value = own(value, name);
  }
  return value;
}

/** A value that has attributes of its own. */
export function isMap(value: Value | undefined): value is { readonly [name: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An attribute of a map, never one that every object inherits. */
export function own(map: { readonly [name: string]: Value }, name: string): Value | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
