/**
 * What DynamoDB would charge, by its documented formulas: so that the cost of an operation can be seen and
 * tested without an account. Sizes are bytes; units are request units (writes by the KB, reads by 4 KB).
 */
import { Buffer } from 'node:buffer';
import type { Item, Value } from '../../shared/store/table.ts';

/** The largest item DynamoDB stores, attribute names included. */
const largestItem = 400 * 1024;
const writeUnitBytes = 1024;
const readUnitBytes = 4096;

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

/** Units of a write that leaves an item at one size and found it at the other; 0 stands for absent. */
export const writeUnits = (sizeBefore: number, sizeAfter: number): number =>
  startedUnits(Math.max(sizeBefore, sizeAfter), writeUnitBytes);

/** One side of a change in an index: the key of the entry and its projected size. */
export interface MeasuredEntry {
  readonly partition: string;
  readonly sort: string;
  readonly size: number;
}

/**
 * Units that one index adds to a write whose projected entry changed: one write for an entry that comes, goes
 * or changes in place, two (a delete and a put) when its index key moves. An entry that stays as it was costs
 * nothing and must not be asked about.
 */
export function indexWriteUnits(before: MeasuredEntry | undefined, after: MeasuredEntry | undefined): number {
  const moves =
    before !== undefined &&
    after !== undefined &&
    (before.partition !== after.partition || before.sort !== after.sort);
  if (moves) return writeUnits(before.size, 0) + writeUnits(0, after.size);
  return writeUnits(before?.size ?? 0, after?.size ?? 0);
}

/** Units of a read: of one item, or of all items of a query page together. Nothing found costs the least. */
export const readUnits = (size: number, consistent: boolean): number =>
  startedUnits(size, readUnitBytes) * (consistent ? 1 : 0.5);

/** A write in a transaction is prepared and then committed. Its index writes follow later, at the single price. */
export const transactWriteUnits = (sizeBefore: number, sizeAfter: number): number =>
  2 * writeUnits(sizeBefore, sizeAfter);

const startedUnits = (size: number, unit: number): number => Math.max(1, Math.ceil(size / unit));

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
      return Array.isArray(value) ? listSize(value) : 3 + membersSize(value, 1);
    default:
      throw new TypeError(`a value of type ${typeof value} cannot be stored`);
  }
}

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
  if (!(magnitude >= 1e-130 && magnitude < 1e126)) throw new RangeError(`the number ${value} cannot be stored`);
  return Math.min(21, 1 + Math.ceil(significantDigits(magnitude) / 2));
}

function significantDigits(magnitude: number): number {
  if (magnitude < 10 && Number.isInteger(magnitude)) return 1;
  const [mantissa = ''] = String(magnitude).split('e');
  return mantissa.replace('.', '').replace(/^0+|0+$/g, '').length;
}
