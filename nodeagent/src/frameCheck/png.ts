/** PNG: every part with its check sum, and the pixels unpacked. After the specification, third edition. */
import { once } from 'node:events';
import { crc32, createInflate } from 'node:zlib';
import { BrokenImageError, type Dimensions, type ImageFile } from './imageFile.ts';

export const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

const PART_BYTES = 1_024 * 1_024;
/** Samples a pixel by colour type. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** First column and row, and steps, of the seven passes of an interlaced image. */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

export async function readPng(file: ImageFile): Promise<Dimensions> {
  const header = await file.read(8, 25);
  if (header.toString('latin1', 4, 8) !== 'IHDR') throw new BrokenImageError('is a PNG without a header');
  const [width, height] = [header.readUInt32BE(8), header.readUInt32BE(12)];
  const [depth, colour, interlace] = [header.readUInt8(16), header.readUInt8(17), header.readUInt8(20)];
  const bits = depth * (samples[colour] ?? 0);
  if (width === 0 || height === 0 || bits === 0) throw new BrokenImageError('is a PNG with a broken header');
  const unpacked = new Unpacked();
  let offset = 8;
  for (;;) {
    const head = await file.read(offset, 8);
    const length = head.readUInt32BE(0);
    const kind = head.toString('latin1', 4, 8);
    let sum = crc32(head.subarray(4));
    for (let done = 0; done < length; done += PART_BYTES) {
      const part = await file.read(offset + 8 + done, Math.min(PART_BYTES, length - done));
      sum = crc32(part, sum);
      if (kind === 'IDAT') await unpacked.add(part);
    }
    if ((await file.read(offset + 8 + length, 4)).readUInt32BE(0) !== sum) {
      throw new BrokenImageError(`has a broken part ${JSON.stringify(kind)} at byte ${offset}`);
    }
    if (kind === 'IEND') break;
    offset += length + 12;
  }
  const wanted = interlace === 0 ? rowBytes(width, bits) * height : interlacedBytes(width, height, bits);
  const bytes = await unpacked.end();
  if (bytes !== wanted) throw new BrokenImageError(`has ${bytes} bytes of pixels instead of ${wanted}`);
  return { width, height };
}

/** Of a row with the byte before it that names its filter. */
const rowBytes = (width: number, bits: number): number => 1 + Math.ceil((width * bits) / 8);

function interlacedBytes(width: number, height: number, bits: number): number {
  return passes.reduce((sum, [x, y, stepX, stepY]) => {
    const [columns, rows] = [Math.ceil((width - x) / stepX), Math.ceil((height - y) / stepY)];
    return sum + (columns > 0 && rows > 0 ? rowBytes(columns, bits) * rows : 0);
  }, 0);
}

/** Counts what comes out of the packed pixels, and keeps none of it. */
class Unpacked {
  readonly #inflate = createInflate();
  readonly #ended: Promise<unknown>;
  #bytes = 0;
  #problem: Error | undefined;

  constructor() {
    this.#inflate.on('data', (bytes: Buffer) => {
      this.#bytes += bytes.length;
    });
    this.#inflate.on('error', (error) => {
      this.#problem = error;
    });
    this.#ended = Promise.race([once(this.#inflate, 'end'), once(this.#inflate, 'close')]).catch(() => {});
  }

  async add(part: Buffer): Promise<void> {
    if (this.#problem === undefined && !this.#inflate.write(part)) {
      await Promise.race([once(this.#inflate, 'drain').catch(() => {}), this.#ended]);
    }
    this.#complain();
  }

  async end(): Promise<number> {
    this.#inflate.end();
    await this.#ended;
    this.#complain();
    return this.#bytes;
  }

  #complain(): void {
    if (this.#problem !== undefined) {
      throw new BrokenImageError(`has pixels that cannot be unpacked: ${this.#problem.message}`);
    }
  }
}
