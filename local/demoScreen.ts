/** What the demo shows: sentences, and below them a line that is drawn anew. */
import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import type { Job, Node } from '../client/src/generated.ts';

const BAR_WIDTH = 24;

export class DemoScreen {
  readonly #out: WriteStream;
  readonly #startedAt = Date.now();
  #last = '';

  constructor(out: WriteStream) {
    this.#out = out;
  }

  /** Prints a sentence above the line. */
  say(text: string): void {
    this.#clear();
    this.#out.write(`${text}\n`);
    this.#last = '';
  }

  /** Shows where the job and its nodes are; a terminal sees it in place, a log sees each change. */
  draw(job: Job, nodes: readonly Node[]): void {
    const done = job.counts.completed + job.counts.warning + job.counts.failed;
    const filled = Math.round((done / job.chunkCount) * BAR_WIDTH);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
    const who = nodes.map((node) => `${node.name} ${doing(node)}`).join('  ');
    const state = `${bar} ${done}/${job.chunkCount} chunks  ${who}`;
    const line = `${state}  ${this.#timeLeft(done, job.chunkCount)}`;
    if (this.#out.isTTY) {
      this.#clear();
      this.#out.write(line);
    } else if (state !== this.#last) {
      this.#out.write(`${line}\n`);
    }
    this.#last = state;
  }

  close(): void {
    if (this.#out.isTTY && this.#last !== '') this.#out.write('\n');
    this.#last = '';
  }

  #clear(): void {
    if (this.#out.isTTY && this.#last !== '') this.#out.write('\r\u001b[2K');
  }

  /** From the rate so far; nothing is said before there is one. */
  #timeLeft(done: number, total: number): string {
    if (done === total) return 'done';
    if (done === 0) return 'time left: …';
    const seconds = ((Date.now() - this.#startedAt) / 1000 / done) * (total - done);
    return `time left: ${Math.ceil(seconds)} s`;
  }
}

function doing({ status, chunkId }: Node): string {
  if (status === 'working') return styleText('cyan', `#${chunkId}`);
  return styleText(status === 'offline' ? 'red' : 'green', status);
}
