/** The actions of a job that run beside the program of a chunk: one after another, each a process tree with its own time. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { WorkOrder } from '../../../client/src/generated.ts';
import { forgetRunning, markVariable, noteProcess, noteRunning } from './leftover.ts';
import { LineCutter } from './lines.ts';
import { ProcessTree } from './processTree.ts';
import { programEnvironment } from './programEnvironment.ts';
import { type Gone, untilGone } from './untilGone.ts';

export type OrderedAction = NonNullable<WorkOrder['actions']>['after'][number];

export interface ActionsOptions {
  /** For the note of the running process. */
  readonly folder: string;
  readonly nodeName: string;
  /** Environment of the agent. */
  readonly environment: NodeJS.ProcessEnv;
  /** Words with their inline Python carried out. Throws what {@link explain} knows. */
  expand(words: readonly string[], signal: AbortSignal): Promise<readonly string[]>;
  /** Takes lines for the log of the chunk. */
  write(line: string): void;
  /** Takes what concerns the machine. */
  say(line: string): void;
}

export class Actions {
  readonly #order: WorkOrder;
  readonly #options: ActionsOptions;
  readonly #stopping = new AbortController();
  #tree: ProcessTree | undefined;

  constructor(order: WorkOrder, options: ActionsOptions) {
    this.#order = order;
    this.#options = options;
  }

  /** Runs actions until one fails; gives back why it did, undefined if none has or they were stopped. */
  async run(actions: readonly OrderedAction[]): Promise<string | undefined> {
    for (const action of actions) {
      if (this.#stopping.signal.aborted) return undefined;
      const problem = await this.#runOne(action);
      if (this.#stopping.signal.aborted) return undefined;
      if (problem !== undefined) return `${nameOf(action)} ${problem}`;
    }
    return undefined;
  }

  /** Ends what runs, and starts nothing more. */
  stop(): void {
    this.#stopping.abort();
  }

  /** For the last moment of the agent. */
  killNow(): void {
    this.#tree?.signal('SIGKILL');
  }

  /** Why the action failed, undefined if it did not. */
  async #runOne(action: OrderedAction): Promise<string | undefined> {
    const { folder, nodeName, write } = this.#options;
    try {
      const [program = '', ...words] = await this.#options.expand(
        [action.program, ...action.arguments],
        this.#stopping.signal,
      );
      if (this.#stopping.signal.aborted) return undefined;
      write(
        `[rollcall] ${nameOf(action)}: ${[program, ...words].map((word) => JSON.stringify(word)).join(' ')}`,
      );
      const child = await this.#start(program, words);
      const end = await this.#untilGone(child, action.timeoutSeconds);
      if (end.isLate) return `did not end within ${action.timeoutSeconds} s and was stopped`;
      if (!action.checksExitCode || end.exitCode === 0) return undefined;
      return end.exitCode === null ? `was ended by ${end.signal}` : `ended with exit code ${end.exitCode}`;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return `cannot be run on ${nodeName}: ${error.message}`;
    } finally {
      forgetRunning(folder);
      this.#tree = undefined;
    }
  }

  async #start(program: string, words: readonly string[]): Promise<ChildProcess & { readonly pid: number }> {
    const { folder, environment } = this.#options;
    const { actions, environment: ofJob, startingFolder } = this.#order;
    const mark = noteRunning(folder);
    const child = spawn(program, words, {
      env: {
        ...programEnvironment(environment),
        ...actions?.variables,
        ...ofJob,
        [markVariable]: mark,
      },
      ...(startingFolder !== null && { cwd: startingFolder }),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    if (child.pid === undefined) throw (await once(child, 'error'))[0];
    noteProcess(folder, mark, child.pid);
    return child as ChildProcess & { readonly pid: number };
  }

  async #untilGone(child: ChildProcess & { readonly pid: number }, timeoutSeconds: number): Promise<Gone> {
    const tree = new ProcessTree(child.pid);
    this.#tree = tree;
    for (const stream of [child.stdout, child.stderr]) if (stream !== null) this.#follow(stream);
    const gone = await untilGone(child, tree, timeoutSeconds, this.#stopping.signal);
    if (!gone.isEnded) {
      this.#options.say(`some process of an action of job ${this.#order.assignment.jobId} cannot be killed`);
    }
    return gone;
  }

  #follow(stream: NodeJS.ReadableStream): void {
    const cutter = new LineCutter();
    const take = (lines: ReturnType<LineCutter['cut']>): void => {
      for (const { text } of lines) this.#options.write(text);
    };
    stream.on('data', (bytes: Buffer) => take(cutter.cut(bytes)));
    stream.on('close', () => take(cutter.end()));
  }
}

const nameOf = ({ what }: OrderedAction): string => `the ${what} action`;
