/**
 * What DynamoDB would charge, by its documented formulas: so that the cost of an operation can be seen and
 * tested without an account. Sizes are bytes, by `shared/store/itemSize.ts`; units are request units.
 */
const writeUnitBytes = 1024;
const readUnitBytes = 4096;

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
