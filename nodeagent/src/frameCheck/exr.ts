/**
 * OpenEXR: the header of each part and its table of blocks, each of which must be there. After "OpenEXR File Layout" of the
 * Academy Software Foundation. A renderer that is killed leaves zeros in the table: it is filled in at the end.
 */
import { BrokenImageError, type Dimensions, type ImageFile } from './imageFile.ts';

export const exrSignature = Buffer.from([0x76, 0x2f, 0x31, 0x01]);

const MULTIPART = 0x1000;
const TILED = 0x200;
const DEEP = 0x800;
/** Lines of a block by compression: none, RLE, ZIPS, ZIP, PIZ, PXR24, B44, B44A, DWAA, DWAB, HTJ2K 256 and 32. */
const blockLines = [1, 1, 1, 16, 32, 16, 32, 32, 32, 256, 256, 32];
const LONGEST_NAME = 256;
const TABLE_BYTES = 1_024 * 1_024;

type Attributes = ReadonlyMap<string, Buffer>;

export async function readExr(file: ImageFile): Promise<Dimensions> {
  const version = (await file.read(4, 4)).readUInt32LE(0);
  const has = (flag: number): boolean => (version & flag) !== 0;
  const [isTiled, isDeep, isMultipart] = [has(TILED), has(DEEP), has(MULTIPART)];
  const reader = new Reader(file, 8);
  const parts: Attributes[] = [];
  do {
    const part = await readHeader(reader);
    // A file of several parts ends its headers with an empty one.
    if (part.size === 0) break;
    parts.push(part);
  } while (isMultipart);
  const [first] = parts;
  if (first === undefined) throw new BrokenImageError('is an OpenEXR file without a header');
  for (const part of parts) {
    let last = 0n;
    for (let blocks = blocksOf(part, isTiled); blocks > 0; ) {
      const some = Math.min(blocks, TABLE_BYTES / 8);
      const table = await reader.take(some * 8);
      for (let index = 0; index < some; index += 1) {
        const offset = table.readBigUInt64LE(index * 8);
        if (offset === 0n) throw new BrokenImageError('is cut off: a block of its table was never written');
        if (offset > last) last = offset;
      }
      blocks -= some;
    }
    if (!isDeep && last > 0n)
      await checkBlock(file, Number(last), { isTiled: isTiledPart(part, isTiled), isMultipart });
  }
  const { left, top, right, bottom } = boxIn(first, 'displayWindow');
  return { width: right - left + 1, height: bottom - top + 1 };
}

/** The last block must be within the file to its last byte, as its own length says. */
async function checkBlock(
  file: ImageFile,
  offset: number,
  { isTiled, isMultipart }: { readonly isTiled: boolean; readonly isMultipart: boolean },
): Promise<void> {
  // The number of its part, then four numbers of a tile or one of a line, then its length.
  const head = (isMultipart ? 4 : 0) + (isTiled ? 16 : 4) + 4;
  const length = (await file.read(offset, head)).readUInt32LE(head - 4);
  if (offset + head + length > file.size) {
    throw new BrokenImageError(
      `is cut off: it has ${file.size} bytes and a block up to byte ${offset + head + length}`,
    );
  }
}

/** A part of several says itself what it is. */
const isTiledPart = (part: Attributes, isTiled: boolean): boolean =>
  part.get('type')?.toString('latin1').startsWith('tiled') ?? isTiled;

async function readHeader(reader: Reader): Promise<Attributes> {
  const attributes = new Map<string, Buffer>();
  for (let name = await reader.name(); name !== ''; name = await reader.name()) {
    await reader.name();
    attributes.set(name, await reader.take((await reader.take(4)).readUInt32LE(0)));
  }
  return attributes;
}

/** Blocks in the table of a part. Those of images with smaller copies of themselves, which are textures, are not counted. */
function blocksOf(part: Attributes, isTiled: boolean): number {
  const chunkCount = part.get('chunkCount');
  if (chunkCount !== undefined) return chunkCount.readUInt32LE(0);
  const { left, top, right, bottom } = boxIn(part, 'dataWindow');
  const tiles = part.get('tiles');
  if (isTiled && tiles !== undefined) {
    const hasLevels = (tiles.readUInt8(8) & 0xf) !== 0;
    const across = Math.ceil((right - left + 1) / tiles.readUInt32LE(0));
    const down = Math.ceil((bottom - top + 1) / tiles.readUInt32LE(4));
    return hasLevels ? 0 : across * down;
  }
  const lines = blockLines[part.get('compression')?.readUInt8(0) ?? 0];
  if (lines === undefined) throw new BrokenImageError('is an OpenEXR file with an unknown compression');
  return Math.ceil((bottom - top + 1) / lines);
}

function boxIn(part: Attributes, name: string) {
  const box = part.get(name);
  if (box === undefined || box.length !== 16) {
    throw new BrokenImageError(`is an OpenEXR file without a sound ${name}`);
  }
  const [left, top, right, bottom] = [0, 4, 8, 12].map((at) => box.readInt32LE(at)) as [
    number,
    number,
    number,
    number,
  ];
  if (right < left || bottom < top) throw new BrokenImageError(`has an empty ${name}`);
  return { left, top, right, bottom };
}

/** Goes through the file from front to back. */
class Reader {
  #offset: number;
  readonly #file: ImageFile;

  constructor(file: ImageFile, offset: number) {
    this.#file = file;
    this.#offset = offset;
  }

  async take(length: number): Promise<Buffer> {
    const bytes = await this.#file.read(this.#offset, length);
    this.#offset += length;
    return bytes;
  }

  /** A text up to the null character that ends it. */
  async name(): Promise<string> {
    const length = Math.min(LONGEST_NAME, this.#file.size - this.#offset);
    const bytes = await this.#file.read(this.#offset, Math.max(1, length));
    const end = bytes.indexOf(0);
    if (end === -1) throw new BrokenImageError('is an OpenEXR file with a broken header');
    this.#offset += end + 1;
    return bytes.toString('utf8', 0, end);
  }
}
