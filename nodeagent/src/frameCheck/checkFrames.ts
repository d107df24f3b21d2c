/** The frame check: whether the files that a chunk had to leave behind are there, and whole. */
import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { WorkOrder } from '../../../client/src/generated.ts';
import { exrSignature, readExr } from './exr.ts';
import { BrokenImageError, type Dimensions, ImageFile } from './imageFile.ts';
import { jpegSignature, readJpeg } from './jpeg.ts';
import { pngSignature, readPng } from './png.ts';
import { readTiff, tiffSignatures } from './tiff.ts';

type FrameCheck = NonNullable<WorkOrder['frameCheck']>;

const readers: readonly [readonly Buffer[], (file: ImageFile) => Promise<Dimensions>][] = [
  [[pngSignature], readPng],
  [[jpegSignature], readJpeg],
  [[exrSignature], readExr],
  [tiffSignatures, readTiff],
];

/** What is wrong with each file of a chunk, `FILE PROBLEM`; none if all is well. Ends early if it is told to. */
export async function checkFrames(
  { frameCheck, startingFolder }: Pick<WorkOrder, 'frameCheck' | 'startingFolder'>,
  isStopped: () => boolean,
): Promise<readonly string[]> {
  const problems: string[] = [];
  if (frameCheck === null) return problems;
  for (const file of frameCheck.files) {
    if (isStopped()) break;
    const problem = await problemOf(resolve(startingFolder ?? '.', file), frameCheck);
    if (problem !== undefined) problems.push(`${file} ${problem}`);
  }
  return problems;
}

async function problemOf(path: string, check: FrameCheck): Promise<string | undefined> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return 'is not a file';
    const { size } = found;
    if (size < check.minimumBytes) return `has ${size} bytes, fewer than ${check.minimumBytes}`;
    if (check.maximumBytes !== null && size > check.maximumBytes) {
      return `has ${size} bytes, more than ${check.maximumBytes}`;
    }
    if (!check.decodes && check.width === null && check.height === null) return undefined;
    const { width, height } = await readImage(path, size);
    if ((check.width ?? width) !== width || (check.height ?? height) !== height) {
      return `is ${width} x ${height} pixels instead of ${check.width ?? width} x ${check.height ?? height}`;
    }
    return undefined;
  } catch (error) {
    if (error instanceof BrokenImageError) return error.message;
    const { code, message } = error as NodeJS.ErrnoException;
    // Whatever else the file system says is about this file as well.
    if (code !== undefined) return code === 'ENOENT' ? 'is not there' : `cannot be read: ${message}`;
    throw error;
  }
}

async function readImage(path: string, size: number): Promise<Dimensions> {
  const handle = await open(path);
  try {
    const file = new ImageFile(handle, size);
    const head = await file.read(0, 8);
    const [, read] = readers.find(([signatures]) => signatures.some((one) => head.indexOf(one) === 0)) ?? [];
    if (read === undefined) throw new BrokenImageError('is neither PNG, JPEG, OpenEXR nor TIFF');
    return await read(file);
  } finally {
    await handle.close();
  }
}
