/** TIFF and BigTIFF: the first directory, and that all of its strips or tiles are within the file. After TIFF 6.0. */
import { BrokenImageError, type Dimensions, type ImageFile } from './imageFile.ts';

export const tiffSignatures = ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].map((text) => Buffer.from(text, 'latin1'));

const tags = {
  width: 256,
  height: 257,
  stripOffsets: 273,
  stripBytes: 279,
  tileOffsets: 324,
  tileBytes: 325,
} as const;
/** Bytes of a value by type: those that tags above may have. */
const typeBytes: Readonly<Record<number, number>> = { 3: 2, 4: 4, 16: 8 };

export async function readTiff(file: ImageFile): Promise<Dimensions> {
  const tiff = await open(file);
  const [width] = await tiff.values(tags.width);
  const [height] = await tiff.values(tags.height);
  if (width === undefined || height === undefined) throw new BrokenImageError('is a TIFF without a size');
  const isTiled = tiff.has(tags.tileOffsets);
  const offsets = await tiff.values(isTiled ? tags.tileOffsets : tags.stripOffsets);
  const lengths = await tiff.values(isTiled ? tags.tileBytes : tags.stripBytes);
  if (offsets.length === 0 || offsets.length !== lengths.length) {
    throw new BrokenImageError('is a TIFF without pixels');
  }
  for (const [index, offset] of offsets.entries()) {
    const end = offset + (lengths[index] ?? 0);
    if (offset === 0 || end > file.size) {
      throw new BrokenImageError(`is cut off: it has ${file.size} bytes and pixels up to byte ${end}`);
    }
  }
  return { width, height };
}

async function open(file: ImageFile) {
  const head = await file.read(0, 8);
  const isLittle = head[0] === 0x49;
  const isBig = head[isLittle ? 2 : 3] === 0x2b;
  const number = (bytes: Buffer, at: number, length: number): number => {
    if (length === 8) return Number(isLittle ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
    return isLittle ? bytes.readUIntLE(at, length) : bytes.readUIntBE(at, length);
  };
  const [countBytes, entryBytes, offsetBytes] = isBig ? [8, 20, 8] : [2, 12, 4];
  const start = isBig ? number(await file.read(8, 8), 0, 8) : number(head, 4, 4);
  const count = number(await file.read(start, countBytes), 0, countBytes);
  const directory = await file.read(start + countBytes, count * entryBytes);
  const entries = new Map<number, Buffer>();
  for (let at = 0; at < directory.length; at += entryBytes) {
    entries.set(number(directory, at, 2), directory.subarray(at, at + entryBytes));
  }
  return {
    has: (tag: number): boolean => entries.has(tag),
    /** A short list stands in the entry itself, a long one where the entry says. */
    async values(tag: number): Promise<number[]> {
      const entry = entries.get(tag);
      if (entry === undefined) return [];
      const bytes = typeBytes[number(entry, 2, 2)];
      if (bytes === undefined) throw new BrokenImageError(`is a TIFF with a broken tag ${tag}`);
      const length = number(entry, 4, offsetBytes);
      const values =
        length * bytes <= offsetBytes
          ? entry.subarray(entryBytes - offsetBytes)
          : await file.read(number(entry, entryBytes - offsetBytes, offsetBytes), length * bytes);
      return Array.from({ length }, (_, index) => number(values, index * bytes, bytes));
    },
  };
}
