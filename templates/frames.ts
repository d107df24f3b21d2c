/** Frame numbers: listed, as text, and in file names. */

/**
 * A frame number as text, rounded to a millionth: steps may be fractions, and a sum of them must not end up as
 * `0.30000000000000004` in a file name.
 */
export function frameText(frame: number): string {
  return String(Number(frame.toFixed(6)));
}

/**
 * The frames from start to end, the end included where the step meets it. A thousandth of a step is forgiven, since start
 * and end come rounded.
 */
export function framesOf(start: number, end: number, by: number): number[] {
  const count = Math.floor((end - start) / by + 1e-3) + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, index) => start + index * by);
}

/**
 * What is wrong with a file pattern, undefined if nothing is. The place of the frame is one run of `#` in the file's
 * name; without it each frame would replace the one before.
 */
export function patternProblem(pattern: string): string | undefined {
  const { folder, name } = splitPath(pattern);
  if (!/\.png$/i.test(name)) return 'must end in .png';
  if (folder.includes('#') || name.match(/#+/g)?.length !== 1) {
    return 'must have one run of # in the file name, which becomes the frame number';
  }
  return undefined;
}

/**
 * The file of one frame: `beauty.####.png` and frame 7 give `beauty.0007.png`, frame -7 `beauty.-0007.png`, frame 7.5
 * `beauty.0007.5.png`. A frame with more digits than the run of `#` keeps them all.
 */
export function frameFile(pattern: string, frame: number, slice?: { index: number; count: number }): string {
  const text = frameText(frame);
  const [whole = '', fraction] = text.replace('-', '').split('.');
  const { folder, name } = splitPath(pattern);
  const file = name.replace(/#+/, (run) => {
    const digits = whole.padStart(run.length, '0');
    return `${text.startsWith('-') ? '-' : ''}${digits}${fraction === undefined ? '' : `.${fraction}`}`;
  });
  return folder + (slice === undefined ? file : file.replace(/(?=\.png$)/i, sliceSuffix(slice)));
}

/** Two digits at least, and enough that the slices of a frame sort by name. */
function sliceSuffix(slice: { index: number; count: number }): string {
  const digits = Math.max(2, String(slice.count - 1).length);
  return `.slice${String(slice.index).padStart(digits, '0')}`;
}

/** Splits at the last separator of either platform: a pattern is written on one machine and used on another. */
function splitPath(path: string): { folder: string; name: string } {
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  return { folder: path.slice(0, end), name: path.slice(end) };
}
