/**
 * The long-lived Python process that calls the functions of templates: started when it is needed first, called many times over
 * lines of JSON (`python/src/_rollcall/host.py`), killed with all that it started when a function takes too long, and started
 * anew then.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { unfinished } from '../files.ts';
import { endLeftover, forgetRunning, markVariable, noteProcess, noteRunning } from '../runner/leftover.ts';
import { LineCutter } from '../runner/lines.ts';
import { ProcessTree } from '../runner/processTree.ts';
import { programEnvironment } from '../runner/programEnvironment.ts';
import { HookFailure } from './hookFailure.ts';
import { hostFiles } from './hostFiles.ts';

/** Of the host with all that it loads. Kept by Linux only. */
const mostMegabytes = 2_048;
/** No honest answer is longer; an agent must not fill its memory with one. */
const longestAnswer = 16 * 1_024 * 1_024;
/** Before the number of a call whose output is over: ASCII's record separator. */
const mark = '\x1e';

export interface PythonHostOptions {
  /** The interpreter. */
  readonly program: string;
  /** For the host's files and the note of its process. */
  readonly folder: string;
  readonly nodeName: string;
  readonly environment: NodeJS.ProcessEnv;
  /** A function that takes longer is killed. */
  readonly deadlineSeconds: number;
  say(line: string): void;
}

export interface HostCall {
  readonly hook: string;
  readonly [field: string]: unknown;
}

interface Pending {
  readonly id: number;
  readonly timer: NodeJS.Timeout;
  write(line: string): void;
  settle(outcome: { readonly value: unknown } | HookFailure): void;
  /** What came back, while the end of its output has not come. */
  answer: { readonly value: unknown } | HookFailure | undefined;
  isOutputOver: boolean;
}

export class PythonHost {
  readonly #options: PythonHostOptions;
  #process: HostProcess | undefined;
  /** Calls go one after another. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: PythonHostOptions) {
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    this.#options = options;
  }

  /** Ends a host that an earlier agent left in the middle of a function. */
  endLeftover(): Promise<void> {
    return endLeftover(this.#options.folder, this.#options.say);
  }

  /** For the last moment of the agent. */
  killNow(): void {
    this.#process?.killNow();
  }

  /**
   * Calls a function and gives back what it returned; `write` gets the lines that it writes. When the signal is aborted the
   * function is killed. Throws `HookFailure`, whose text begins behind the name of the function.
   */
  call(request: HostCall, signal: AbortSignal, write: (line: string) => void): Promise<unknown> {
    const called = this.#turn.then(() => this.#callNow(request, signal, write));
    this.#turn = called.catch(() => {});
    return called;
  }

  async #callNow(request: HostCall, signal: AbortSignal, write: (line: string) => void): Promise<unknown> {
    if (signal.aborted) throw new HookFailure('was stopped');
    if (this.#process === undefined || this.#process.isOver) {
      this.#process = await HostProcess.start(this.#options);
    }
    return this.#process.call(request, signal, write);
  }
}

/** One process of the host, from its start to its end. */
class HostProcess {
  isOver = false;
  readonly #child: ChildProcess;
  readonly #options: PythonHostOptions;
  readonly #tree: ProcessTree;
  readonly #output = new LineCutter();
  readonly #answers = new StringDecoder('utf8');
  /** Of a line that has not ended; a long one is not searched again with each part. */
  #answerParts: string[] = [];
  #answerLength = 0;
  #lastId = 0;
  #pending: Pending | undefined;
  /** Why it is being killed. */
  #reason: string | undefined;

  private constructor(child: ChildProcess, pid: number, options: PythonHostOptions) {
    this.#child = child;
    this.#options = options;
    this.#tree = new ProcessTree(pid);
    child.stdout?.on('data', (bytes: Buffer) => this.#takeAnswers(bytes));
    child.stderr?.on('data', (bytes: Buffer) => this.#takeOutput(bytes));
    // One that has ended closes its input; its end is told below.
    child.stdin?.on('error', () => {});
    child.once('close', (code, signal) => this.#end(code, signal));
    // What a function started and left running may hold the outputs open.
    child.once('exit', () => {
      this.isOver = true;
      this.#tree.signal('SIGKILL');
    });
  }

  static async start(options: PythonHostOptions): Promise<HostProcess> {
    const { program, folder, environment } = options;
    try {
      const modules = setUpModules(folder);
      const note = noteRunning(folder);
      const outside = programEnvironment(environment);
      const child = spawn(program, ['-m', '_rollcall.host', String(mostMegabytes)], {
        cwd: folder,
        env: {
          ...outside,
          PYTHONPATH: [modules, outside['PYTHONPATH'] ?? ''].filter(Boolean).join(delimiter),
          PYTHONIOENCODING: 'utf-8',
          [markVariable]: note,
        },
        stdio: 'pipe',
        detached: process.platform !== 'win32',
        windowsHide: true,
      });
      if (child.pid === undefined) throw (await once(child, 'error'))[0];
      noteProcess(folder, note, child.pid);
      return new HostProcess(child, child.pid, options);
    } catch (cause) {
      forgetRunning(folder);
      const { code, message } = cause as NodeJS.ErrnoException;
      throw new HookFailure(
        code === 'ENOENT'
          ? `cannot be called: ${program} is not on ${options.nodeName}: install it there, or name another with --python`
          : `cannot be called: ${program} cannot be started on ${options.nodeName}: ${message}`,
        { cause },
      );
    }
  }

  call(request: HostCall, signal: AbortSignal, write: (line: string) => void): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    const seconds = this.#options.deadlineSeconds;
    const onAbort = (): void => this.#kill('was stopped');
    return new Promise((resolve, reject) => {
      this.#pending = {
        id,
        timer: setTimeout(
          () => this.#kill(`did not end within ${seconds} s and was killed`),
          seconds * 1_000,
        ),
        write,
        settle: (outcome) => {
          signal.removeEventListener('abort', onAbort);
          if (outcome instanceof HookFailure) reject(outcome);
          else resolve(outcome.value);
        },
        answer: undefined,
        isOutputOver: false,
      };
      signal.addEventListener('abort', onAbort);
      this.#child.stdin?.write(`${JSON.stringify({ id, ...request })}\n`);
    });
  }

  killNow(): void {
    if (!this.isOver) this.#tree.signal('SIGKILL');
  }

  #kill(reason: string): void {
    this.#reason ??= reason;
    this.killNow();
  }

  #takeAnswers(bytes: Buffer): void {
    const [first = '', ...rest] = this.#answers.write(bytes).split('\n');
    this.#addAnswerPart(first);
    for (const part of rest) {
      const line = this.#answerParts.join('');
      this.#answerParts = [];
      this.#answerLength = 0;
      this.#takeAnswer(line);
      this.#addAnswerPart(part);
    }
  }

  #addAnswerPart(part: string): void {
    this.#answerLength += part.length;
    if (this.#answerLength <= longestAnswer) this.#answerParts.push(part);
    else this.#kill('returned too much and was killed');
  }

  #takeAnswer(line: string): void {
    const pending = this.#pending;
    try {
      const { id, value, error } = JSON.parse(line) as { id: number; value?: unknown; error?: string };
      if (pending === undefined || id !== pending.id) throw new Error('not what was asked');
      pending.answer = error === undefined ? { value } : new HookFailure(`failed: ${error}`);
      this.#settleWhenWhole(pending);
    } catch {
      // Only code that looks for the stream under its number can write there.
      this.#kill("wrote into the agent's own stream and was killed");
    }
  }

  #takeOutput(bytes: Buffer): void {
    for (const { text } of this.#output.cut(bytes)) this.#takeLine(text);
  }

  #takeLine(text: string): void {
    const pending = this.#pending;
    const at = text.lastIndexOf(mark);
    const isEnd = at >= 0 && pending !== undefined && text.slice(at + 1) === String(pending.id);
    const line = isEnd ? text.slice(0, at) : text;
    if (line !== '' || !isEnd) pending?.write(line);
    if (!isEnd) return;
    pending.isOutputOver = true;
    this.#settleWhenWhole(pending);
  }

  #settleWhenWhole(pending: Pending): void {
    if (pending.answer === undefined || !pending.isOutputOver || this.#pending !== pending) return;
    this.#finish(pending.answer);
  }

  #finish(outcome: { readonly value: unknown } | HookFailure): void {
    const pending = this.#pending;
    this.#pending = undefined;
    clearTimeout(pending?.timer);
    pending?.settle(outcome);
  }

  #end(code: number | null, signal: string | null): void {
    this.isOver = true;
    for (const { text } of this.#output.end()) this.#takeLine(text);
    forgetRunning(this.#options.folder);
    const how = this.#reason ?? `ended the Python process, ${signal ?? `exit code ${code}`}`;
    this.#finish(new HookFailure(how));
  }
}

/** Puts the host's files into a folder that is named by their hash, unless they are there; gives the folder. */
function setUpModules(folder: string): string {
  const files = Object.entries(hostFiles());
  const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  const modules = join(folder, `modules-${hash}`);
  if (existsSync(modules)) return modules;
  // Those of an earlier agent, and what one left half written.
  for (const name of readdirSync(folder).filter((other) => other.startsWith('modules-')))
    rmSync(join(folder, name), { recursive: true, force: true });
  const draft = modules + unfinished;
  for (const [path, text] of files) {
    mkdirSync(join(draft, dirname(path)), { recursive: true });
    writeFileSync(join(draft, path), text);
  }
  renameSync(draft, modules);
  return modules;
}
