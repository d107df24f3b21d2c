/** Output of a render, bounded: what came first and what came last are kept, since there errors are found. */

import type { OutputPart } from '../ports.ts';

const headBytes = 512 * 1_024;
const tailBytes = 3_584 * 1_024;
/** The tail is let go in blocks: an array of millions of short lines would weigh more than the text. */
const blockBytes = 32 * 1_024;

interface Block {
  text: string;
  bytes: number;
}

export class BoundedText {
  #head = '';
  #headBytes = 0;
  readonly #tail: Block[] = [];
  #tailBytes = 0;
  #droppedBytes = 0;
  /** Characters before the tail's first block. */
  #tailFrom = 0;

  /** Takes whole lines. Gives back whether they still belong to the beginning. */
  append(text: string): boolean {
    const bytes = Buffer.byteLength(text);
    if (this.#tail.length === 0 && this.#headBytes + bytes <= headBytes) {
      this.#head += text;
      this.#headBytes += bytes;
      this.#tailFrom += text.length;
      return true;
    }
    const last = this.#tail.at(-1);
    if (last !== undefined && last.bytes + bytes <= blockBytes) {
      last.text += text;
      last.bytes += bytes;
    } else {
      this.#tail.push({ text, bytes });
    }
    this.#tailBytes += bytes;
    while (this.#tailBytes > tailBytes && this.#tail.length > 1) {
      const dropped = this.#tail.shift();
      this.#tailBytes -= dropped?.bytes ?? 0;
      this.#droppedBytes += dropped?.bytes ?? 0;
      this.#tailFrom += dropped?.text.length ?? 0;
    }
    return false;
  }

  /** At most so many characters from one on; from a later one, if those were dropped. Halves no character. */
  part(from: number, most: number): OutputPart {
    let offset = from;
    let text = this.#head.slice(from, from + most);
    if (from >= this.#head.length) {
      offset = Math.max(from, this.#tailFrom);
      let before = this.#tailFrom;
      for (const block of this.#tail) {
        const next = before + block.text.length;
        if (next > offset) text += block.text.slice(Math.max(0, offset - before), offset + most - before);
        before = next;
        if (before >= offset + most) break;
      }
    }
    return { offset, text: /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text };
  }

  /** Characters that were appended in all. */
  get length(): number {
    return this.#tail.reduce((sum, block) => sum + block.text.length, this.#tailFrom);
  }

  /** What comes after the beginning: how much was dropped, if anything was, and the end. */
  get rest(): string {
    const dropped =
      this.#droppedBytes > 0 ? `[rollcall] ${this.#droppedBytes} bytes of output dropped here\n` : '';
    return dropped + this.#tail.map((block) => block.text).join('');
  }

  get text(): string {
    return this.#head + this.rest;
  }
}

/** Cuts text to so many bytes of UTF-8, taking from its middle, which is where a bounded text lacks lines already. */
export function cutMiddle(text: string, maximumBytes: number): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length <= maximumBytes) return bytes;
  const notice = Buffer.from(`\n[rollcall] ${bytes.length - maximumBytes} bytes and more cut here\n`);
  const kept = Math.max(0, maximumBytes - notice.length);
  const head = Math.floor(kept / 8);
  const parts = [bytes.subarray(0, head), notice, bytes.subarray(bytes.length - (kept - head))];
  // Decoding and encoding again mends characters that were cut; each broken byte may grow to three, hence the slice.
  return Buffer.from(Buffer.concat(parts).toString()).subarray(0, maximumBytes);
}
