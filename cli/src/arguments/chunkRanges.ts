/** Chunks on the command line: `3`, `3-7`, `3-7,9`. */
import { InvalidArgumentError } from 'commander';

/** One request a chunk: for more than this, starting the whole job again is the better way. */
const MOST_CHUNKS = 10_000;

/** Ids of chunks in order, each once. */
export function parseChunkRanges(text: string): number[] {
  const ids = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part.trim());
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? match?.[1]);
    if (match === null || first < 1) throw new InvalidArgumentError('It must be such as 3, 3-7 or 3-7,9.');
    if (last < first) throw new InvalidArgumentError(`${part.trim()} ends before it starts.`);
    if (last - first + ids.size >= MOST_CHUNKS) {
      throw new InvalidArgumentError(
        `More than ${MOST_CHUNKS} chunks; rollcall reinit starts a whole job again.`,
      );
    }
    for (let id = first; id <= last; id += 1) ids.add(id);
  }
  return [...ids].sort((a, b) => a - b);
}
