/** What a node asks of templates in Python: the process to start for a chunk, whether it went well, and what to do when idle. */
import type { WorkOrder } from '../../../client/src/generated.ts';
import { programEnvironment } from '../runner/programEnvironment.ts';
import { HookFailure } from './hookFailure.ts';
import type { HostCall, PythonHost } from './pythonHost.ts';
import type { PythonOrder, TemplateFiles } from './templateFiles.ts';

export type PythonWork = WorkOrder & { readonly python: PythonOrder };
type Hook = PythonOrder['hooks'][number];

/** A process to start, and of a template in Python all of its environment. */
export interface Launch {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly startingFolder: string | null;
}

/** What is wrong with a render, in words. */
export interface Verdict {
  readonly isWarning: boolean;
  readonly text: string;
  /** The render shall end at once. */
  readonly aborts: boolean;
}

/** What a call goes with: ends it, and takes what it writes. */
export interface Attendance {
  readonly signal: AbortSignal;
  write(line: string): void;
}

/** Values of preferences by name, by template. */
export type TemplatePreferences = Readonly<Record<string, Readonly<Record<string, string | number>>>>;

export interface PythonTemplatesOptions {
  readonly host: PythonHost;
  readonly files: TemplateFiles;
  readonly preferences: TemplatePreferences;
  /** Number of the node among those of its agent, from 0. */
  readonly instance: number;
  readonly environment: NodeJS.ProcessEnv;
  say(line: string): void;
}

/** So often an idle node calls onClientIdling. */
const idleMs = 60_000;
/** So many lines of each call are told; there is no log for more. */
const mostIdleLines = 50;

export class PythonTemplates {
  readonly #options: PythonTemplatesOptions;
  /** Templates with onClientIdling that chunks were rendered by since the agent started, each in its newest edition. */
  readonly #idling = new Map<string, HostCall>();
  #idleTimer: NodeJS.Timeout | undefined;
  #idleCalls: Promise<void> | undefined;

  constructor(options: PythonTemplatesOptions) {
    this.#options = options;
  }

  /** The process of a chunk. Throws `HookFailure`. */
  async prepare(order: PythonWork, attendance: Attendance): Promise<Launch> {
    const environment = await this.#call(
      order,
      'onBuildEnvironment',
      { environment: { ...programEnvironment(this.#options.environment), ...order.environment } },
      attendance,
    );
    const program = await this.#call(order, 'onGetApplicationPath', {}, attendance);
    const folder = await this.#call(order, 'onGetApplicationStartingFolder', {}, attendance);
    const words = await this.#call(order, 'onBuildCommandLine', {}, attendance);
    await this.#noteIdling(order, attendance.signal);
    const [first, ...rest] = words as string[];
    if (program === '' && first === undefined) {
      throw new HookFailure(
        `template ${order.python.name} names no program: neither onGetApplicationPath nor onBuildCommandLine gives one`,
      );
    }
    return {
      environment: environment as Record<string, string>,
      startingFolder: folder === '' ? null : (folder as string),
      // A command line may begin with the program that was named, too.
      ...(program === '' || program === first
        ? { program: first as string, arguments: rest }
        : { program: program as string, arguments: words as string[] }),
    };
  }

  /** What the template says of the output so far; undefined where it has nothing to say. Throws `HookFailure`. */
  async checkLog(order: PythonWork, log: string, attendance: Attendance): Promise<Verdict | undefined> {
    const verdict = await this.#judge(order, 'onCheckLog', { log }, attendance);
    return verdict?.isWarning && !order.python.countsLogWarnings ? undefined : verdict;
  }

  /** What the template says of the exit code; undefined where it finds it good. Throws `HookFailure`. */
  async checkExitCode(
    order: PythonWork,
    exitCode: number,
    attendance: Attendance,
  ): Promise<Verdict | undefined> {
    const verdict = await this.#judge(order, 'onCheckExitCode', { exitCode }, attendance);
    return verdict?.isWarning && !order.python.countsExitCodeWarnings ? undefined : verdict;
  }

  /** Words of a job with their inline Python carried out; any template. Throws `HookFailure`. */
  async expand(
    order: WorkOrder,
    words: readonly string[],
    { signal, write }: Attendance,
  ): Promise<readonly string[]> {
    const { assignment, packet, expressions } = order;
    if (expressions === undefined || !words.some((word) => word.includes('<%'))) return words;
    const { jobId, index, attempt } = assignment;
    const call = {
      hook: 'expand',
      name: 'inline Python',
      job: expressions.job,
      chunk: expressions.isOfChunk ? { ...packet, jobId, chunkId: index + 1, attempt } : null,
      texts: words,
    };
    try {
      return (await this.#options.host.call(call, signal, write)) as string[];
    } catch (cause) {
      if (!(cause instanceof HookFailure)) throw cause;
      throw new HookFailure(`its inline Python ${cause.message}`, { cause });
    }
  }

  /** To be told of each state that the node enters. */
  noteState(state: string): void {
    clearInterval(this.#idleTimer);
    if (state !== 'idle') return;
    this.#callIdling();
    this.#idleTimer = setInterval(() => this.#callIdling(), idleMs);
    this.#idleTimer.unref();
  }

  async #judge(
    order: PythonWork,
    hook: Hook,
    fields: Readonly<Record<string, unknown>>,
    attendance: Attendance,
  ): Promise<Verdict | undefined> {
    if (!order.python.hooks.includes(hook)) return undefined;
    return ((await this.#call(order, hook, fields, attendance)) as Verdict | null) ?? undefined;
  }

  async #call(
    order: PythonWork,
    hook: Hook,
    fields: Readonly<Record<string, unknown>>,
    attendance: Attendance,
  ): Promise<unknown> {
    const { name, job } = order.python;
    const { jobId, index, attempt } = order.assignment;
    const file = await this.#options.files.find(order.python, attendance.signal);
    const chunk = { ...order.packet, jobId, chunkId: index + 1, attempt };
    return this.#ask(name, { ...this.#about(order.python, file), hook, job, chunk, ...fields }, attendance);
  }

  async #ask(name: string, call: HostCall, { signal, write }: Attendance): Promise<unknown> {
    try {
      return await this.#options.host.call(call, signal, write);
    } catch (cause) {
      if (!(cause instanceof HookFailure)) throw cause;
      throw new HookFailure(`${call.hook} of template ${name} ${cause.message}`, { cause });
    }
  }

  #about({ name, file: fileName }: PythonOrder, file: string) {
    const { preferences, instance } = this.#options;
    return {
      file,
      name: fileName,
      platform: process.platform,
      instance,
      preferences: preferences[name] ?? {},
    };
  }

  async #noteIdling({ python }: PythonWork, signal: AbortSignal): Promise<void> {
    const { name, hooks } = python;
    if (!hooks.includes('onClientIdling')) {
      this.#idling.delete(name);
      return;
    }
    const file = await this.#options.files.find(python, signal);
    this.#idling.set(name, {
      ...this.#about(python, file),
      hook: 'onClientIdling',
      job: null,
      chunk: null,
    });
  }

  #callIdling(): void {
    this.#idleCalls ??= this.#idleInTurn().finally(() => {
      this.#idleCalls = undefined;
    });
  }

  async #idleInTurn(): Promise<void> {
    const { say } = this.#options;
    for (const [name, call] of this.#idling) {
      let lines = 0;
      const attendance = {
        signal: new AbortController().signal,
        write: (line: string) => {
          lines += 1;
          if (lines <= mostIdleLines) say(`onClientIdling of template ${name} says: ${line}`);
        },
      };
      try {
        await this.#ask(name, call, attendance);
      } catch (error) {
        if (!(error instanceof HookFailure)) throw error;
        say(error.message);
      }
    }
  }
}
