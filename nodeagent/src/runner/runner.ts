/** Runs work orders as processes of this machine. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { WorkOrder } from '../../../client/src/generated.ts';
import type { OutputPart, ProcessPriority, Run, Runner, RunResult } from '../ports.ts';
import { findProgram, type ResolvedProgram } from '../programs.ts';
import type { FileRunLogs, RunLog } from '../runLogs.ts';
import { forgetRunning, markVariable, noteProcess, noteRunning } from './leftover.ts';
import { LineCutter } from './lines.ts';
import { decideOutcome, type Ending } from './outcome.ts';
import { OutputWatch, PatternError } from './outputWatch.ts';
import { niceness } from './priorities.ts';
import { ProcessTree } from './processTree.ts';
import { programEnvironment } from './programEnvironment.ts';
import { type Usage, UsageMeter } from './usage.ts';

/** So long processes may outlive the one that was started, and their output may arrive after its end. */
const afterlifeMs = 2_000;
/**
 * A service manager may send the stop signal to the agent and to its renders at once. A render that such a signal ended is
 * given this long for the agent's own stop to arrive: then it was interrupted, and did not fail.
 */
const commonSignalMs = 200;
const stopSignals: readonly (string | null)[] = ['SIGTERM', 'SIGINT', 'SIGHUP'];
/** The longest time that a timer knows, 24 days; a longer limit is none. */
const longestTimerMs = 2 ** 31 - 1;

export interface RunnerOptions {
  /** Folder of this node, for the note of the running render. */
  readonly folder: string;
  readonly nodeName: string;
  readonly logs: FileRunLogs;
  /** Environment of the agent. */
  readonly environment: NodeJS.ProcessEnv;
  say(line: string): void;
}

export class ProcessRunner implements Runner {
  readonly #options: RunnerOptions;
  readonly #runs = new Set<ProcessRun>();

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  start(order: WorkOrder, priority: ProcessPriority): Run {
    const run = new ProcessRun(order, priority, this.#options);
    this.#runs.add(run);
    void run.ended.finally(() => this.#runs.delete(run));
    return run;
  }

  /** For the last moment of the agent: kills whatever runs, waits for nothing. */
  killNow(): void {
    for (const run of this.#runs) run.killNow();
  }
}

class ProcessRun implements Run {
  readonly ended: Promise<RunResult>;
  readonly #order: WorkOrder;
  readonly #options: RunnerOptions;
  readonly #log: RunLog;
  #watch: OutputWatch | undefined;
  #tree: ProcessTree | undefined;
  #treeGone: Promise<boolean> | undefined;
  #priority: ProcessPriority;
  #stopped: Ending['stopped'];
  #rootEnded = false;
  /** The root process ended, and not by a signal that may have been meant for the agent as well. */
  #endedByItself = false;

  constructor(order: WorkOrder, priority: ProcessPriority, options: RunnerOptions) {
    this.#order = order;
    this.#priority = priority;
    this.#options = options;
    this.#log = options.logs.open(order.assignment);
    this.ended = this.#run();
  }

  progress(): number {
    return this.#watch?.progress ?? 0;
  }

  output(from: number, most: number): OutputPart {
    return this.#log.part(from, most);
  }

  outputLength(): number {
    return this.#log.length;
  }

  setPriority(priority: ProcessPriority): void {
    this.#priority = priority;
    if (this.#tree === undefined || this.#rootEnded) return;
    const problem = this.#tree.setPriority(niceness[priority]);
    if (problem === undefined) return;
    const { jobId } = this.#order.assignment;
    this.#options.say(
      `the process of job ${jobId} goes on with the priority that it has, ${priority} is not allowed here: ${problem}`,
    );
  }

  kill(): void {
    this.#stop('interrupted');
  }

  killNow(): void {
    if (!this.#rootEnded) this.#tree?.signal('SIGKILL');
  }

  #stop(why: Ending['stopped']): void {
    // A process that ended by itself keeps its own result; only what it left running has to go.
    if (!this.#endedByItself) this.#stopped ??= why;
    this.#endTree();
  }

  #endTree(): void {
    this.#treeGone ??= this.#tree?.end();
  }

  async #run(): Promise<RunResult> {
    const startedAt = performance.now();
    this.#writeHeader();
    const { usage, ...ending } = await this.#execute();
    const result = decideOutcome(this.#order, {
      ...ending,
      stopped: this.#stopped,
      firstError: this.#watch?.firstError,
      firstWarning: this.#watch?.firstWarning,
      lastLine: this.#watch?.lastLine ?? '',
    });
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    const code = ending.signal ?? `exit code ${ending.exitCode ?? 'none'}`;
    this.#log.write(
      `[rollcall] ${result.outcome} after ${seconds} s, ${code}${result.message && `: ${result.message}`}`,
    );
    await this.#log.close();
    return { ...result, ...usage };
  }

  async #execute(): Promise<Pick<Ending, 'hindrance' | 'exitCode' | 'signal'> & { usage: Usage }> {
    const hindered = (hindrance: string | undefined) => ({
      hindrance,
      exitCode: null,
      signal: null,
      usage: { cpuSeconds: 0, peakMemoryMb: 0 },
    });
    const prepared = await this.#prepare();
    if (this.#stopped !== undefined) return hindered(undefined);
    if (typeof prepared === 'string') return hindered(prepared);
    const { folder } = this.#options;
    const mark = this.#note(() => noteRunning(folder));
    const child = this.#spawn(prepared, mark);
    if (typeof child === 'string' || child.pid === undefined) {
      forgetRunning(folder);
      return hindered(typeof child === 'string' ? child : this.#explain(await failureOf(child)));
    }
    const { pid } = child;
    const tree = new ProcessTree(pid);
    this.#tree = tree;
    // Whatever the agent itself runs with is normal.
    if (this.#priority !== 'normal') this.setPriority(this.#priority);
    if (mark !== undefined) this.#note(() => noteProcess(folder, mark, pid));
    const meter = new UsageMeter(tree);
    const timer = this.#startTimeLimit();
    const [exitCode, signal] = await this.#watchUntilGone(child, tree, meter);
    clearTimeout(timer);
    forgetRunning(folder);
    return { hindrance: undefined, exitCode, signal, usage: meter.stop() };
  }

  /** What to start, or why nothing can be. */
  async #prepare(): Promise<ResolvedProgram | string> {
    const { checks, program, startingFolder } = this.#order;
    try {
      this.#watch = new OutputWatch(checks);
    } catch (error) {
      if (error instanceof PatternError) return error.message;
      throw error;
    }
    if (startingFolder !== null) {
      const problem = await folderProblem(startingFolder);
      if (problem !== undefined) {
        return `the starting folder ${startingFolder} ${problem} on ${this.#options.nodeName}: create or mount it there, or correct the job`;
      }
    }
    return (
      findProgram(program) ??
      `this node does not know the program ${program}: update rollcall-node on ${this.#options.nodeName}, or correct the template`
    );
  }

  /** A note that cannot be written, on a full disk, costs only what it is for. */
  #note<T>(write: () => T): T | undefined {
    try {
      return write();
    } catch (error) {
      this.#options.say(`cannot note which process runs: ${error instanceof Error ? error.message : error}`);
      return undefined;
    }
  }

  #spawn(resolved: ResolvedProgram, mark: string | undefined): ChildProcess | string {
    const { arguments: words, environment, startingFolder } = this.#order;
    try {
      return spawn(resolved.program, [...resolved.arguments, ...words], {
        env: {
          ...programEnvironment(this.#options.environment),
          ...environment,
          ...(mark !== undefined && { [markVariable]: mark }),
        },
        ...(startingFolder !== null && { cwd: startingFolder }),
        stdio: ['ignore', 'pipe', 'pipe'],
        // A group of its own, so that the whole tree can be ended, and a Ctrl-C at the agent does not reach it.
        detached: process.platform !== 'win32',
        windowsHide: true,
      });
    } catch (error) {
      // Some refusals are thrown, such as zero bytes in an argument.
      return this.#explain(error as NodeJS.ErrnoException);
    }
  }

  #explain(error: NodeJS.ErrnoException): string {
    const { program } = this.#order;
    const where = this.#options.nodeName;
    switch (error.code) {
      case 'ENOENT':
        return `the program ${program} is not on ${where}: install it there, or correct its path`;
      case 'EACCES':
        return `the program ${program} may not be run on ${where}: make it executable for the user of the agent`;
      case 'E2BIG':
        return `the arguments and environment of ${program} are too long for ${where}: give it less, or a file`;
      default:
        return `the program ${program} cannot be started on ${where}: ${error.message}`;
    }
  }

  #startTimeLimit(): NodeJS.Timeout | undefined {
    const milliseconds = this.#order.timeoutSeconds * 1_000;
    if (milliseconds === 0 || milliseconds > longestTimerMs) return undefined;
    return setTimeout(() => this.#stop('timed-out'), milliseconds);
  }

  /** Resolves when the process and all that it started are gone and all their output is read. */
  async #watchUntilGone(
    child: ChildProcess,
    tree: ProcessTree,
    meter: UsageMeter,
  ): Promise<[number | null, NodeJS.Signals | null]> {
    const closed = once(child, 'close');
    for (const stream of [child.stdout, child.stderr]) if (stream !== null) this.#follow(stream);
    const exit = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
      child.once('exit', (code, signal) => {
        this.#rootEnded = true;
        this.#endedByItself = !stopSignals.includes(signal);
        meter.rootEnded();
        resolve([code, signal]);
      });
    });
    if (!this.#endedByItself) await delay(commonSignalMs);
    await Promise.race([closed, delay(afterlifeMs, undefined, { ref: false })]);
    // Whatever the render left running would take the machine from the next chunk.
    if (!tree.isGone()) this.#endTree();
    if ((await this.#treeGone) === false) {
      this.#options.say(`some process of job ${this.#order.assignment.jobId} cannot be killed`);
    }
    child.stdout?.destroy();
    child.stderr?.destroy();
    await closed;
    return exit;
  }

  #follow(stream: NodeJS.ReadableStream): void {
    const cutter = new LineCutter();
    const take = (lines: ReturnType<LineCutter['cut']>): void => {
      for (const line of lines) this.#log.write(line.text);
      for (const notice of this.#watch?.look(lines) ?? []) this.#log.write(`[rollcall] ${notice}`);
    };
    stream.on('data', (bytes: Buffer) => take(cutter.cut(bytes)));
    stream.on('close', () => take(cutter.end()));
  }

  #writeHeader(): void {
    const { assignment, jobName, packet, program, arguments: words, startingFolder } = this.#order;
    const { startFrame, endFrame, byFrame, slice } = packet;
    const frames = `frames ${startFrame} to ${endFrame} by ${byFrame}, slice ${slice}`;
    this.#log.write(
      `[rollcall] job ${assignment.jobId} "${jobName}", chunk ${assignment.index + 1} (${frames}), attempt ${assignment.attempt}`,
    );
    this.#log.write(`[rollcall] node ${this.#options.nodeName}, ${new Date().toISOString()}`);
    if (startingFolder !== null) this.#log.write(`[rollcall] in ${startingFolder}`);
    this.#log.write(`[rollcall] ${[program, ...words].map((word) => JSON.stringify(word)).join(' ')}`);
  }
}

async function folderProblem(folder: string): Promise<string | undefined> {
  try {
    if (!(await stat(folder)).isDirectory()) return 'is not a folder';
    await access(folder, constants.X_OK);
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? 'does not exist' : `cannot be used (${message})`;
  }
}

/** Why a process could not be started. */
async function failureOf(child: ChildProcess): Promise<NodeJS.ErrnoException> {
  const [error] = (await once(child, 'error')) as [NodeJS.ErrnoException];
  return error;
}
