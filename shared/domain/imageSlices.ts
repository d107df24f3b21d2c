/** Image slices: horizontal bands of one image. */

/** Rows of the image from `first` up to but not `end`, counted from 0 at the top. */
export interface Rows {
  readonly first: number;
  readonly end: number;
}

/** The rows of one of `count` slices: together they are the image, none is empty if it has that many rows. */
export function sliceRows(height: number, slice: { index: number; count: number }): Rows {
  const rowAt = (index: number): number => Math.floor((index * height) / slice.count);
  return { first: rowAt(slice.index), end: rowAt(slice.index + 1) };
}

/** `slice03`: two digits at least, and enough that the slices of a frame sort by name. */
export function sliceName(slice: { index: number; count: number }): string {
  const digits = Math.max(2, String(slice.count - 1).length);
  return `slice${String(slice.index).padStart(digits, '0')}`;
}
