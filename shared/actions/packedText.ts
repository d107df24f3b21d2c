/** A text of any length in bounded memory: as it is while it is short, packed as it grows. */
import { once } from 'node:events';
import { createGzip } from 'node:zlib';

/** Most characters of JSON that an answer holds: it may have 6 MB in all. */
const INLINE_BYTES = 4_000_000;
/** Some gigabyte of text. More would not fit into the memory of the function beside its work. */
const PACKED_BYTES = 100_000_000;

export class PackedText {
  readonly #gzip = createGzip();
  readonly #packed: Buffer[] = [];
  #packedBytes = 0;
  #plain: string[] | undefined = [];
  #plainBytes = 0;

  constructor() {
    this.#gzip.on('data', (bytes: Buffer) => {
      this.#packed.push(bytes);
      this.#packedBytes += bytes.length;
    });
  }

  get isTooLarge(): boolean {
    return this.#packedBytes > PACKED_BYTES;
  }

  async add(text: string): Promise<void> {
    if (this.#plain !== undefined) {
      this.#plain.push(text);
      this.#plainBytes += Buffer.byteLength(JSON.stringify(text));
      if (this.#plainBytes > INLINE_BYTES) this.#plain = undefined;
    }
    if (!this.#gzip.write(text)) await once(this.#gzip, 'drain');
  }

  /** Its packed bytes, and the text itself if it is short. */
  async end(): Promise<{ readonly packed: Uint8Array; readonly text: string | undefined }> {
    this.#gzip.end();
    await once(this.#gzip, 'end');
    return { packed: Buffer.concat(this.#packed), text: this.#plain?.join('') };
  }
}
