/**
 * Runs hooks in processes. Those of one file share a process, one after another; a second one that comes meanwhile gets
 * another. A process that has done nothing for a while ends.
 */
import { createHash } from 'node:crypto';
import type { HookAnswer, HookSource } from '../contract/hooks.ts';
import type { HookHost, HookOutcome, HookRequest, ScriptOutcome, ScriptRequest } from './hookHost.ts';
import { HookProcess, type HookProgram, type HookResult } from './hookProcess.ts';

/** So long a process waits for the next call. */
const IDLE_MS = 60_000;
/** At most so many processes at a time; who comes then waits, and its deadline does not begin before its turn. */
const MOST = 8;

export interface HookProcessesOptions {
  /** How a process of a language is started; asked once for each, when it is first needed. */
  readonly programs: (language: HookSource['language']) => Promise<HookProgram>;
  /** Where the dispatcher is, as a hook reaches it. */
  readonly url: string;
}

interface Waiting {
  readonly key: string;
  readonly process: HookProcess;
  readonly timer: NodeJS.Timeout;
}

export class HookProcesses implements HookHost {
  readonly #options: HookProcessesOptions;
  readonly #programs = new Map<HookSource['language'], Promise<HookProgram>>();
  readonly #busy = new Set<HookProcess>();
  #idle: Waiting[] = [];
  readonly #turns: (() => void)[] = [];
  #running = 0;

  constructor(options: HookProcessesOptions) {
    this.#options = options;
  }

  async callHook(request: HookRequest): Promise<HookOutcome> {
    const { name, call } = request;
    const result = await this.#run(request, { work: 'hook', name, call }, true);
    return result.kind === 'value'
      ? { kind: 'answered', answer: result.value as HookAnswer, output: result.output }
      : result;
  }

  async runScript(request: ScriptRequest): Promise<ScriptOutcome> {
    const result = await this.#run(request, { work: 'script' }, false);
    return result.kind === 'value' ? { kind: 'ended', output: result.output } : result;
  }

  /** Ends every process. */
  close(): void {
    for (const process of this.#busy) process.stop();
    for (const { process, timer } of this.#idle) {
      clearTimeout(timer);
      process.stop();
    }
    this.#idle = [];
  }

  async #run(
    { language, file, source, deadlineMs, token }: ScriptRequest,
    work: object,
    isKept: boolean,
  ): Promise<HookResult> {
    const key = createHash('sha256')
      .update(JSON.stringify([language, file, source]))
      .digest('base64url');
    await this.#turn();
    try {
      const process = this.#takeIdle(key) ?? new HookProcess(await this.#program(language));
      this.#busy.add(process);
      const api = { url: this.#options.url, token };
      const result = await process.call({ ...work, file, source, api }, deadlineMs);
      this.#busy.delete(process);
      // One that threw has ended as functions end; its process is as good as before.
      const isWhole = result.kind === 'value' || result.reason === 'threw';
      if (isWhole && isKept && !process.isOver) this.#keep(key, process);
      else process.stop();
      return result;
    } finally {
      this.#running -= 1;
      this.#turns.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    while (this.#running >= MOST) await new Promise<void>((resolve) => this.#turns.push(resolve));
    this.#running += 1;
  }

  #program(language: HookSource['language']): Promise<HookProgram> {
    const known = this.#programs.get(language) ?? this.#options.programs(language);
    this.#programs.set(language, known);
    // What is missing now may be installed later.
    known.catch(() => this.#programs.delete(language));
    return known;
  }

  #takeIdle(key: string): HookProcess | undefined {
    const found = this.#idle.find((one) => one.key === key && !one.process.isOver);
    if (found !== undefined) this.#forget(found);
    return found?.process;
  }

  #keep(key: string, process: HookProcess): void {
    const timer = setTimeout(() => {
      this.#forget(kept);
      process.stop();
    }, IDLE_MS);
    timer.unref();
    const kept = { key, process, timer };
    this.#idle.push(kept);
  }

  #forget(waiting: Waiting): void {
    clearTimeout(waiting.timer);
    this.#idle = this.#idle.filter((one) => one !== waiting);
  }
}
