/** One process that runs hooks of one file, one call after another: from its start to its end, which may be by force. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { HookFailure } from './hookHost.ts';

/** How a process of one language is started. */
export interface HookProgram {
  readonly program: string;
  readonly arguments: readonly string[];
  /** All of its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** All of its memory. Looked at ten times a second, where the system tells it (Linux). */
  readonly maximumMegabytes: number;
}

export type HookResult = { readonly output: string } & (
  | { readonly kind: 'value'; readonly value: unknown }
  | HookFailure
);

/** No honest answer is longer. */
const LONGEST_ANSWER = 1_048_576;
/** The end of what a hook prints. */
const LONGEST_OUTPUT = 65_536;
const MEMORY_LOOK_MS = 100;
const PAGE_BYTES = 4_096;
/** Before the number of a call whose output is over: ASCII's record separator. */
const MARK = '\x1e';

interface Pending {
  readonly id: number;
  readonly timers: readonly NodeJS.Timeout[];
  readonly settle: (result: HookResult) => void;
  answer: { readonly kind: 'value'; readonly value: unknown } | HookFailure | undefined;
}

export class HookProcess {
  isOver = false;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #program: HookProgram;
  readonly #answers = new StringDecoder('utf8');
  readonly #prints = new StringDecoder('utf8');
  #line = '';
  #output = '';
  #lastId = 0;
  #pending: Pending | undefined;
  /** Why it is being killed. */
  #killed: HookFailure | undefined;
  #startFailure: Error | undefined;

  constructor(program: HookProgram) {
    this.#program = program;
    this.#child = spawn(program.program, program.arguments, {
      cwd: parse(process.cwd()).root,
      env: { ...program.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
      // A group of its own, so that what a hook started ends with it.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    this.#child.stdout.on('data', (bytes: Buffer) => this.#takeAnswers(this.#answers.write(bytes)));
    this.#child.stderr.on('data', (bytes: Buffer) => this.#takeOutput(this.#prints.write(bytes)));
    // One that has ended closes its input; its end is told below.
    this.#child.stdin.on('error', () => {});
    this.#child.once('error', (error) => {
      this.#startFailure = error;
    });
    // What a hook started and left running may hold the outputs open.
    this.#child.once('exit', () => this.#killGroup());
    this.#child.once('close', (code, signal) => this.#end(signal ?? `exit code ${code}`));
  }

  /** Sends a request and gives back what came of it. One at a time. */
  call(request: object, deadlineMs: number): Promise<HookResult> {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#output = '';
    this.#hold(true);
    return new Promise((settle) => {
      const deadline = setTimeout(
        () => this.#kill('timed-out', `it did not end within ${deadlineMs / 1_000} s and was killed`),
        deadlineMs,
      );
      const looks = setInterval(() => this.#lookAtMemory(), MEMORY_LOOK_MS);
      this.#pending = { id, timers: [deadline, looks], settle, answer: undefined };
      this.#child.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
    });
  }

  /** Ends the process, whatever it does. */
  stop(): void {
    this.isOver = true;
    this.#killGroup();
  }

  /** A process that waits for calls keeps nobody from ending. */
  #hold(holds: boolean): void {
    for (const part of [this.#child, this.#child.stdin, this.#child.stdout, this.#child.stderr]) {
      const handle = part as unknown as { ref(): void; unref(): void };
      if (holds) handle.ref();
      else handle.unref();
    }
  }

  #kill(reason: HookFailure['reason'], message: string): void {
    this.#killed ??= { kind: 'failed', reason, message };
    this.stop();
  }

  #killGroup(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') this.#child.kill('SIGKILL');
      else process.kill(-pid, 'SIGKILL');
    } catch (error) {
      // Everything of it has ended.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  #lookAtMemory(): void {
    const { maximumMegabytes } = this.#program;
    if (process.platform !== 'linux' || this.isOver) return;
    let pages: string | undefined;
    try {
      pages = readFileSync(`/proc/${this.#child.pid}/statm`, 'latin1').split(' ')[1];
    } catch {
      // It has ended.
      return;
    }
    if (Number(pages) * PAGE_BYTES > maximumMegabytes * 1_048_576) {
      this.#kill('out-of-memory', `it took more than ${maximumMegabytes} MB of memory and was killed`);
    }
  }

  #takeAnswers(text: string): void {
    this.#line += text;
    if (this.#line.length > LONGEST_ANSWER) {
      this.#line = '';
      this.#kill('crashed', 'it answered with more than 1 MB and was killed');
      return;
    }
    const end = this.#line.indexOf('\n');
    if (end < 0) return;
    const line = this.#line.slice(0, end);
    this.#line = this.#line.slice(end + 1);
    const pending = this.#pending;
    const answer = pending && answerOf(line, pending.id);
    if (pending === undefined || answer === undefined || pending.answer !== undefined || this.#line !== '') {
      // Only code that looks for the stream under its number can write there.
      this.#kill('crashed', 'it wrote where only answers are written and was killed');
      return;
    }
    pending.answer = answer;
    this.#settleWhenWhole();
  }

  #takeOutput(text: string): void {
    this.#output = (this.#output + text).slice(-LONGEST_OUTPUT);
    this.#settleWhenWhole();
  }

  #settleWhenWhole(): void {
    const pending = this.#pending;
    if (pending?.answer === undefined) return;
    const end = this.#output.lastIndexOf(`${MARK}${pending.id}\n`);
    if (end < 0) return;
    this.#output = this.#output.slice(0, end);
    this.#settle(pending.answer);
  }

  #settle(result: { readonly kind: 'value'; readonly value: unknown } | HookFailure): void {
    const pending = this.#pending;
    if (pending === undefined) return;
    this.#pending = undefined;
    for (const timer of pending.timers) clearTimeout(timer);
    this.#hold(false);
    pending.settle({ ...result, output: this.#output });
  }

  #end(how: string): void {
    this.isOver = true;
    const { maximumMegabytes } = this.#program;
    const isHeapFull = /JavaScript heap out of memory|Allocation failed/.test(this.#output);
    const failure: HookFailure =
      this.#killed ??
      (isHeapFull
        ? {
            kind: 'failed',
            reason: 'out-of-memory',
            message: `it took more than ${maximumMegabytes} MB of memory`,
          }
        : {
            kind: 'failed',
            reason: 'crashed',
            message:
              this.#startFailure === undefined
                ? `it ended its process (${how})`
                : `its process cannot be started: ${this.#startFailure.message}`,
          });
    this.#settle(failure);
  }
}

/** What a line says; undefined for one that is no answer to the call. */
function answerOf(line: string, id: number): Pending['answer'] {
  try {
    const answer = JSON.parse(line) as { id?: unknown; value?: unknown; error?: unknown; isMemory?: unknown };
    if (answer.id !== id) return undefined;
    if (answer.error === undefined) return { kind: 'value', value: answer.value };
    const reason = answer.isMemory === true ? 'out-of-memory' : 'threw';
    return { kind: 'failed', reason, message: String(answer.error) };
  } catch {
    return undefined;
  }
}
