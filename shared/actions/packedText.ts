/** A text of any length in bounded memory: as it is while it is short, packed piece by piece as it grows. */
import { pack } from '../blobs/packing.ts';

/** Most characters of JSON that an answer holds: it may have 6 MB in all. */
const INLINE_BYTES = 4_000_000;
/** Some gigabyte of text. More would not fit into the memory of the function beside its work. */
const PACKED_BYTES = 100_000_000;
/** Pieces are packed by themselves: one behind the other they are a file of gzip all the same. */
const PIECE_CHARACTERS = 1_000_000;

export class PackedText {
  readonly #packed: Uint8Array[] = [];
  #packedBytes = 0;
  #piece: string[] = [];
  #pieceCharacters = 0;
  #plain: string[] | undefined = [];
  #plainBytes = 0;

  get isTooLarge(): boolean {
    return this.#packedBytes > PACKED_BYTES;
  }

  async add(text: string): Promise<void> {
    if (this.#plain !== undefined) {
      this.#plain.push(text);
      this.#plainBytes += Buffer.byteLength(JSON.stringify(text));
      if (this.#plainBytes > INLINE_BYTES) this.#plain = undefined;
    }
    this.#piece.push(text);
    this.#pieceCharacters += text.length;
    if (this.#pieceCharacters >= PIECE_CHARACTERS) await this.#packPiece();
  }

  /** Its packed bytes, and the text itself if it is short. */
  async end(): Promise<{ readonly packed: Uint8Array; readonly text: string | undefined }> {
    await this.#packPiece();
    return { packed: Buffer.concat(this.#packed), text: this.#plain?.join('') };
  }

  async #packPiece(): Promise<void> {
    const packed = await pack(this.#piece.join(''));
    this.#packed.push(packed);
    this.#packedBytes += packed.length;
    [this.#piece, this.#pieceCharacters] = [[], 0];
  }
}
