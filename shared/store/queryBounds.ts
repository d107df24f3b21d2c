/** What both adapters ask of a query before they answer it. */
import type { Query } from './table.ts';

const largestLimit = 1000;

/** Throws for a limit out of range and for a strong read of an index. */
export function assertQuery({ limit, index, consistent }: Query): void {
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1 && limit <= largestLimit)) {
    throw new RangeError(`the limit of a query is 1 to ${largestLimit}, not ${limit}`);
  }
  if (consistent && index !== undefined) throw new Error(`the index ${index} has no consistent reads`);
}

/** Whether the bounds exclude everything. DynamoDB refuses such a query; here it finds nothing. */
export const isEmptyRange = ({ from, to }: Query): boolean =>
  from !== undefined && to !== undefined && compareUtf8(from, to) > 0;

/**
 * Orders strings by their UTF-8 bytes, as DynamoDB and SQLite do. JavaScript orders by UTF-16 units, which
 * differs in one place: a surrogate stands for a character above U+FFFF and so for a larger one.
 */
export function compareUtf8(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    if (a === b) continue;
    const surrogates = Number(isSurrogate(a)) - Number(isSurrogate(b));
    return surrogates === 0 ? a - b : surrogates;
  }
  return left.length - right.length;
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
