/** The size of an item as DynamoDB documents it: what limits an item and what capacity units are counted from. */
import type { Item, Value } from './table.ts';

/** The largest item DynamoDB stores, attribute names included. */
const largestItem = 400 * 1024;

/**
 * Size of an item: names and values. Throws for what DynamoDB does not store: `undefined`, numbers outside
 * its range, items above 400 KB.
 */
export function itemSize(item: Item): number {
  const size = membersSize(item, 0);
  if (size > largestItem) {
    throw new Error(`item ${item.pk}/${item.sk} has ${size} bytes, more than the ${largestItem} allowed`);
  }
  return size;
}

function valueSize(value: Value): number {
  switch (typeof value) {
    case 'string':
      return Buffer.byteLength(value);
    case 'number':
      return numberSize(value);
    case 'boolean':
      return 1;
    case 'object':
      if (value === null) return 1;
      return isList(value) ? listSize(value) : 3 + membersSize(value, 1);
    default:
      throw new TypeError(`a value of type ${typeof value} cannot be stored`);
  }
}

/** `Array.isArray` does not narrow readonly arrays. */
const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

function listSize(list: readonly Value[]): number {
  let size = 3;
  for (const element of list) size += 1 + valueSize(element);
  return size;
}

function membersSize(map: { readonly [name: string]: Value }, overhead: number): number {
  let size = 0;
  for (const name of Object.keys(map)) {
    size += overhead + Buffer.byteLength(name) + valueSize(map[name] as Value);
  }
  return size;
}

/**
 * One byte per two significant digits, started pairs included, and one more; at most 21. Leading and trailing
 * zeroes are not significant: 0 has 1 byte, 5 and 1000 have 2, 123 and 0.123 have 3. The sign is not counted:
 * the documentation does not mention it.
 */
function numberSize(value: number): number {
  const magnitude = Math.abs(value);
  if (magnitude === 0) return 1;
  if (!(magnitude >= 1e-130 && magnitude < 1e126))
    throw new RangeError(`the number ${value} cannot be stored`);
  return Math.min(21, 1 + Math.ceil(significantDigits(magnitude) / 2));
}

function significantDigits(magnitude: number): number {
  if (magnitude < 10 && Number.isInteger(magnitude)) return 1;
  const [mantissa = ''] = String(magnitude).split('e');
  return mantissa.replace('.', '').replace(/^0+|0+$/g, '').length;
}
