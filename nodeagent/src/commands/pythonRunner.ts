/** Runs Python code that was sent to the node, as a process tree of its own that ends with its time. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { CommandAnswer } from '../ports.ts';
import { BoundedText, cutMiddle } from '../runner/boundedText.ts';
import { endLeftover, forgetRunning, markVariable, noteProcess, noteRunning } from '../runner/leftover.ts';
import { ProcessTree } from '../runner/processTree.ts';
import { programEnvironment } from '../runner/programEnvironment.ts';
import { type Gone, untilGone } from '../runner/untilGone.ts';
import { refusal } from './answers.ts';

/** As much as an answer may hold. */
const mostOutputBytes = 65_536;

export interface PythonOptions {
  /** The interpreter. */
  readonly program: string;
  /** For the note of the running program. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  say(line: string): void;
}

export class PythonRunner {
  readonly #options: PythonOptions;
  #tree: ProcessTree | undefined;

  constructor(options: PythonOptions) {
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    this.#options = options;
  }

  /** Ends a program that an earlier agent left running. */
  endLeftover(): Promise<void> {
    return endLeftover(this.#options.folder, this.#options.say);
  }

  /** For the last moment of the agent. */
  killNow(): void {
    this.#tree?.signal('SIGKILL');
  }

  /** Runs one program at a time. Never rejects: whatever hinders it is its answer. */
  async run(code: string, timeLimitSeconds: number, signal: AbortSignal): Promise<CommandAnswer> {
    const { program, folder, environment } = this.#options;
    let child: ChildProcess;
    try {
      const mark = noteRunning(folder);
      child = spawn(program, ['-'], {
        env: {
          ...programEnvironment(environment),
          // What was written before the time was up shall not be lost in a buffer.
          PYTHONUNBUFFERED: '1',
          PYTHONIOENCODING: 'utf-8',
          [markVariable]: mark,
        },
        stdio: 'pipe',
        detached: process.platform !== 'win32',
        windowsHide: true,
      });
      if (child.pid === undefined) throw (await once(child, 'error'))[0];
      noteProcess(folder, mark, child.pid);
    } catch (error) {
      forgetRunning(folder);
      return refusal(`${program} cannot be started: ${error instanceof Error ? error.message : error}`);
    }
    const output = collect(child);
    // A program that ends before it has read all of its code closes its input.
    child.stdin?.on('error', () => {});
    child.stdin?.end(code);
    const { exitCode, isLate } = await this.#untilGone(child, timeLimitSeconds, signal);
    forgetRunning(folder);
    if (isLate) output.append(`\n[rollcall] stopped after ${timeLimitSeconds} s\n`);
    return {
      ok: exitCode === 0 && !isLate,
      exitCode: isLate ? null : exitCode,
      output: cutMiddle(output.text, mostOutputBytes).toString(),
    };
  }

  async #untilGone(child: ChildProcess, timeLimitSeconds: number, signal: AbortSignal): Promise<Gone> {
    const tree = new ProcessTree(child.pid as number);
    this.#tree = tree;
    const gone = await untilGone(child, tree, timeLimitSeconds, signal);
    if (!gone.isEnded) this.#options.say('some process that Python code has started cannot be ended');
    this.#tree = undefined;
    return gone;
  }
}

function collect(child: ChildProcess): BoundedText {
  const output = new BoundedText();
  for (const stream of [child.stdout, child.stderr]) {
    const decoder = new StringDecoder('utf8');
    stream?.on('data', (bytes: Buffer) => output.append(decoder.write(bytes)));
  }
  return output;
}
