/** A file that is read in pieces: frames may be larger than the memory that the agent should take. */
import type { FileHandle } from 'node:fs/promises';

/** What keeps a file from being a whole image; its text goes behind the file's name. */
export class BrokenImageError extends Error {
  override readonly name = 'BrokenImageError';
}

export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/** Most bytes that one read may ask for: what says to be longer is no header. */
const LONGEST_READ = 64 * 1_024 * 1_024;

export class ImageFile {
  readonly size: number;
  readonly #handle: FileHandle;

  constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.size = size;
  }

  /** Exactly these bytes; throws `BrokenImageError` if the file ends before. */
  async read(offset: number, length: number): Promise<Buffer> {
    if (offset + length > this.size) {
      throw new BrokenImageError(
        `is cut off: it has ${this.size} bytes and speaks of byte ${offset + length}`,
      );
    }
    if (length > LONGEST_READ)
      throw new BrokenImageError(`has a part of ${length} bytes, which is no image's`);
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await this.#handle.read(bytes, 0, length, offset);
    if (bytesRead < length) throw new BrokenImageError(`is cut off at byte ${offset + bytesRead}`);
    return bytes;
  }
}
