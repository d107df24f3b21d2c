/** Cuts a stream of output into lines. */
import { StringDecoder } from 'node:string_decoder';

/** Longer lines are handed out in pieces: a program that never ends a line must not fill the memory. */
const longestPiece = 16 * 1_024;

export interface Line {
  readonly text: string;
  /** A further piece of a line that was too long. */
  readonly isContinued: boolean;
}

/**
 * Lines end with a line feed, a carriage return (progress displays overwrite themselves), or both. Bytes that are no UTF-8
 * become replacement characters, so that the log is valid text whatever the renderer's locale.
 */
export class LineCutter {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';
  #isContinued = false;
  #endedWithReturn = false;

  cut(bytes: Buffer): Line[] {
    return this.#take(this.#decoder.write(bytes));
  }

  /** The last line, if the output did not end with a line end. */
  end(): Line[] {
    const lines = this.#take(this.#decoder.end());
    if (this.#rest !== '') lines.push(this.#line(this.#rest));
    this.#rest = '';
    return lines;
  }

  #take(decoded: string): Line[] {
    if (decoded === '') return [];
    // The pair of a carriage return and a line feed may come in two parts.
    const text = this.#endedWithReturn && decoded.startsWith('\n') ? decoded.slice(1) : decoded;
    this.#endedWithReturn = decoded.endsWith('\r');
    const parts = text.split(/\r\n|\n|\r/);
    const lines: Line[] = [];
    for (const [index, part] of parts.entries()) {
      this.#rest += part;
      while (this.#rest.length > longestPiece) {
        lines.push(this.#line(this.#rest.slice(0, longestPiece)));
        this.#rest = this.#rest.slice(longestPiece);
        this.#isContinued = true;
      }
      if (index === parts.length - 1) break;
      if (this.#rest !== '' || !this.#isContinued) lines.push(this.#line(this.#rest));
      this.#rest = '';
      this.#isContinued = false;
    }
    return lines;
  }

  #line(text: string): Line {
    return { text, isContinued: this.#isContinued };
  }
}
