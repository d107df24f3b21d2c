/**
 * Items as DynamoDB's wire format spells them, and back. Written out for the six kinds that {@link Value} has: the
 * library's converters tell apart many more, and took a sixth of the time of a busy dispatcher.
 */
import type { Item, Value } from './table.ts';

/** A typed value on the wire (`{"S": "text"}`), of the kinds that {@link Value} has. */
export type WireValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: boolean }
  | { readonly L: WireValue[] }
  | { readonly M: Record<string, WireValue> };

export type WireItem = Record<string, WireValue>;

/** Throws for `undefined` and for numbers that are none, anywhere inside. */
export function toWire(attributes: { readonly [name: string]: Value }): WireItem {
  const wire: WireItem = {};
  for (const name of Object.keys(attributes)) wire[name] = toWireValue(attributes[name], name);
  return wire;
}

function toWireValue(value: Value | undefined, name: string): WireValue {
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
      if (!Number.isFinite(value))
        throw new TypeError(`attribute ${name} holds ${value}, which is no number`);
      return { N: String(value) };
    case 'boolean':
      return { BOOL: value };
    case 'object':
      if (value === null) return { NULL: true };
      return isList(value) ? { L: value.map((member) => toWireValue(member, name)) } : { M: toWire(value) };
    default:
      throw new TypeError(`attribute ${name} holds a value of type ${typeof value}, which cannot be stored`);
  }
}

/** `Array.isArray` does not narrow readonly arrays. */
const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** Throws for kinds of values that nothing of ours is written as, such as binaries and sets. */
export function fromWire(attributes: { readonly [name: string]: object }): Item {
  return fromWireMap(attributes) as Item;
}

function fromWireMap(attributes: { readonly [name: string]: object }): { [name: string]: Value } {
  const map: { [name: string]: Value } = {};
  for (const name of Object.keys(attributes)) map[name] = fromWireValue(attributes[name] as WireValue, name);
  return map;
}

function fromWireValue(value: WireValue, name: string): Value {
  if ('S' in value) return value.S;
  if ('N' in value) return Number(value.N);
  if ('BOOL' in value) return value.BOOL;
  if ('NULL' in value) return null;
  if ('L' in value) return value.L.map((member) => fromWireValue(member, name));
  if ('M' in value) return fromWireMap(value.M);
  throw new TypeError(`attribute ${name} is of a kind that is not ours: ${Object.keys(value).join()}`);
}
