/** Runs work orders as processes of this machine. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { WorkOrder } from '../../../client/src/generated.ts';
import { checkFrames } from '../frameCheck/checkFrames.ts';
import type { OutputPart, ProcessPriority, Run, Runner, RunResult } from '../ports.ts';
import { findProgram, type ResolvedProgram } from '../programs.ts';
import type { FileRunLogs, RunLog } from '../runLogs.ts';
import { HookFailure } from '../templates/hookFailure.ts';
import type { Launch, PythonTemplates } from '../templates/pythonTemplates.ts';
import { TemplateRun } from '../templates/templateRun.ts';
import { Actions } from './actions.ts';
import { forgetRunning, markVariable, noteProcess, noteRunning } from './leftover.ts';
import { LineCutter } from './lines.ts';
import {
  actionFailed,
  decideOutcome,
  type Ending,
  frameCheckFailed,
  interrupted,
  type Outcome,
} from './outcome.ts';
import { OutputWatch, PatternError } from './outputWatch.ts';
import { niceness } from './priorities.ts';
import { ProcessTree } from './processTree.ts';
import { programEnvironment } from './programEnvironment.ts';
import { makeThumbnail } from './thumbnail.ts';
import { outlive } from './untilGone.ts';
import { type Usage, UsageMeter } from './usage.ts';

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
  /** The interpreter of Python. */
  readonly python: string;
  readonly logs: FileRunLogs;
  readonly templates: PythonTemplates;
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
  /** Of a template in Python. */
  readonly #template: TemplateRun | undefined;
  readonly #actions: Actions;
  readonly #stopping = new AbortController();
  #watch: OutputWatch | undefined;
  #tree: ProcessTree | undefined;
  #priority: ProcessPriority;
  #stopped: Ending['stopped'];
  #rootEnded = false;
  #isToldToEnd = false;
  /** The root process ended, and not by a signal that may have been meant for the agent as well. */
  #endedByItself = false;

  constructor(order: WorkOrder, priority: ProcessPriority, options: RunnerOptions) {
    this.#order = order;
    this.#priority = priority;
    this.#options = options;
    this.#log = options.logs.open(order.assignment);
    const write = (line: string): void => this.#log.write(line);
    this.#template = templateRun(order, options.templates, write);
    this.#actions = new Actions(order, {
      ...options,
      write,
      expand: (words, signal) => options.templates.expand(order, words, { signal, write }),
    });
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
    this.#actions.killNow();
    this.#stopping.abort();
    if (!this.#rootEnded) this.#tree?.signal('SIGKILL');
  }

  #stop(why: Ending['stopped']): void {
    this.#isToldToEnd = true;
    // A process that ended by itself keeps its own result, once its template has judged it; only what it left running
    // has to go.
    const isDone = this.#endedByItself && this.#template?.isOver !== false;
    if (!isDone) this.#stopped ??= why;
    this.#template?.stop();
    this.#actions.stop();
    this.#stopping.abort();
    void this.#tree?.end();
  }

  async #run(): Promise<RunResult> {
    const startedAt = performance.now();
    this.#writeHeader();
    const { usage, ...ending } = await this.#execute();
    const isAsked = ending.hindrance === undefined && this.#stopped === undefined;
    const judgement = isAsked ? await this.#template?.judge(ending.exitCode) : undefined;
    const { verdict, checks } = judgement ?? { verdict: undefined, checks: this.#order.checks };
    const result = decideOutcome(
      { ...this.#order, checks },
      {
        ...ending,
        stopped: this.#stopped,
        firstError: verdict?.isWarning === false ? verdict.text : this.#watch?.firstError,
        firstWarning: verdict?.isWarning === true ? verdict.text : this.#watch?.firstWarning,
        shortage: this.#watch?.firstShortage,
        lastLine: this.#watch?.lastLine ?? '',
      },
    );
    const looked = await this.#checkFrames(result);
    await this.#showLastFrame(looked);
    const checked = await this.#actAfter(looked);
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    const code = ending.signal ?? `exit code ${ending.exitCode ?? 'none'}`;
    this.#log.write(
      `[rollcall] ${checked.outcome} after ${seconds} s, ${code}${checked.message && `: ${checked.message}`}`,
    );
    await this.#log.close();
    return { ...checked, ...usage };
  }

  /** A program that says that all is well may still have left half a file. */
  async #checkFrames(result: Outcome): Promise<Outcome> {
    if (this.#order.frameCheck === null) return result;
    if (result.outcome !== 'completed' && result.outcome !== 'warning') return result;
    const problems = await checkFrames(this.#order, () => this.#isToldToEnd);
    for (const problem of problems) this.#log.write(`[rollcall] frame check: ${problem}`);
    // What has not been looked at is not known to be good.
    if (this.#isToldToEnd) return interrupted(result.exitCode);
    return problems.length === 0 ? result : frameCheckFailed(result.exitCode, problems);
  }

  /** Before the actions, which may move the file. A picture that cannot be made costs the chunk nothing. */
  async #showLastFrame({ outcome }: Outcome): Promise<void> {
    const { thumbnailFile, startingFolder, assignment } = this.#order;
    if (thumbnailFile === undefined || (outcome !== 'completed' && outcome !== 'warning')) return;
    const picture = await makeThumbnail(resolve(startingFolder ?? '.', thumbnailFile), {
      environment: programEnvironment(this.#options.environment),
      signal: this.#stopping.signal,
    });
    const problem =
      typeof picture === 'string' ? picture : await this.#options.logs.addThumbnail(assignment, picture);
    if (problem !== undefined) this.#log.write(`[rollcall] no thumbnail of ${thumbnailFile}: ${problem}`);
  }

  /** What has been rendered well counts once the job's actions behind it have gone well. */
  async #actAfter(result: Outcome): Promise<Outcome> {
    const after = this.#order.actions?.after ?? [];
    if (after.length === 0) return result;
    if (result.outcome !== 'completed' && result.outcome !== 'warning') return result;
    const problem = await this.#actions.run(after);
    if (this.#isToldToEnd) return interrupted(result.exitCode);
    return problem === undefined ? result : actionFailed(result.exitCode, problem);
  }

  async #execute(): Promise<Pick<Ending, 'hindrance' | 'exitCode' | 'signal'> & { usage: Usage }> {
    const hindered = (hindrance: string | undefined) => ({
      hindrance,
      exitCode: null,
      signal: null,
      usage: { cpuSeconds: 0, peakMemoryMb: 0 },
    });
    await this.#waitToStart();
    const problem = await this.#actions.run(this.#order.actions?.before ?? []);
    if (problem !== undefined) return hindered(problem);
    const prepared = this.#stopped === undefined ? await this.#prepare() : '';
    if (this.#stopped !== undefined) return hindered(undefined);
    if (typeof prepared === 'string') return hindered(prepared);
    const { program } = prepared;
    const { folder } = this.#options;
    const mark = this.#note(() => noteRunning(folder));
    const child = this.#spawn(prepared, mark);
    if (typeof child === 'string' || child.pid === undefined) {
      forgetRunning(folder);
      return hindered(typeof child === 'string' ? child : this.#explain(program, await failureOf(child)));
    }
    const { pid } = child;
    const tree = new ProcessTree(pid);
    this.#tree = tree;
    // Whatever the agent itself runs with is normal.
    if (this.#priority !== 'normal') this.setPriority(this.#priority);
    if (mark !== undefined) this.#note(() => noteProcess(folder, mark, pid));
    const meter = new UsageMeter(tree);
    const timer = this.#startTimeLimit();
    const endLooking = this.#template?.lookAtOutput(() => void tree.end());
    const [exitCode, signal] = await this.#watchUntilGone(child, tree, meter);
    clearTimeout(timer);
    await endLooking?.();
    forgetRunning(folder);
    return { hindrance: undefined, exitCode, signal, usage: meter.stop() };
  }

  /** Until the template's turn has come, or the run is stopped. */
  async #waitToStart(): Promise<void> {
    const { startAfterSeconds = 0 } = this.#order;
    if (startAfterSeconds === 0) return;
    this.#log.write(
      `[rollcall] starts in ${startAfterSeconds.toFixed(1)} s: its template keeps starts apart`,
    );
    const { signal } = this.#stopping;
    await delay(startAfterSeconds * 1_000, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  /** What to start, or why nothing can be. */
  async #prepare(): Promise<Prepared | string> {
    try {
      this.#watch = new OutputWatch(this.#order.checks);
    } catch (error) {
      if (error instanceof PatternError) return error.message;
      throw error;
    }
    const launch = (await this.#template?.launch()) ?? (await this.#expand());
    if (typeof launch === 'string') return launch;
    const { program, startingFolder } = launch;
    if (this.#template !== undefined) this.#writeCommand(launch);
    if (startingFolder !== null) {
      const problem = await folderProblem(startingFolder);
      if (problem !== undefined) {
        return `the starting folder ${startingFolder} ${problem} on ${this.#options.nodeName}: create or mount it there, or correct the job`;
      }
    }
    const resolved = findProgram(program, this.#options.python);
    return resolved === undefined
      ? `this node does not know the program ${program}: update rollcall-node on ${this.#options.nodeName}, or correct the template`
      : { ...launch, resolved };
  }

  /** The program of the order, its inline Python carried out; or why that cannot be done. */
  async #expand(): Promise<Launch | string> {
    const { program, arguments: words, expressions } = this.#order;
    if (expressions?.isInProgram !== true) return this.#order;
    try {
      const [first = '', ...rest] = await this.#options.templates.expand(this.#order, [program, ...words], {
        signal: this.#stopping.signal,
        write: (line) => this.#log.write(line),
      });
      return { ...this.#order, program: first, arguments: rest };
    } catch (error) {
      if (!(error instanceof HookFailure)) throw error;
      return error.message;
    }
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

  #spawn(prepared: Prepared, mark: string | undefined): ChildProcess | string {
    const { program, resolved, arguments: words, environment, startingFolder } = prepared;
    try {
      return spawn(resolved.program, [...resolved.arguments, ...words], {
        env: {
          // A template in Python was given the machine's, and gives back all of it.
          ...(this.#template === undefined && programEnvironment(this.#options.environment)),
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
      return this.#explain(program, error as NodeJS.ErrnoException);
    }
  }

  #explain(program: string, error: NodeJS.ErrnoException): string {
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
    if (!(await outlive(child, closed, tree))) {
      this.#options.say(`some process of job ${this.#order.assignment.jobId} cannot be killed`);
    }
    return exit;
  }

  #follow(stream: NodeJS.ReadableStream): void {
    const cutter = new LineCutter();
    const take = (lines: ReturnType<LineCutter['cut']>): void => {
      for (const { text } of lines) {
        this.#log.write(text);
        this.#template?.append(text);
      }
      for (const notice of this.#watch?.look(lines) ?? []) this.#log.write(`[rollcall] ${notice}`);
    };
    stream.on('data', (bytes: Buffer) => take(cutter.cut(bytes)));
    stream.on('close', () => take(cutter.end()));
  }

  #writeHeader(): void {
    const { assignment, jobName, packet } = this.#order;
    const { startFrame, endFrame, byFrame, slice } = packet;
    const frames = `frames ${startFrame} to ${endFrame} by ${byFrame}, slice ${slice}`;
    this.#log.write(
      `[rollcall] job ${assignment.jobId} "${jobName}", chunk ${assignment.index + 1} (${frames}), attempt ${assignment.attempt}`,
    );
    this.#log.write(`[rollcall] node ${this.#options.nodeName}, ${new Date().toISOString()}`);
    if (this.#template === undefined) this.#writeCommand(this.#order);
  }

  #writeCommand({ program, arguments: words, startingFolder }: Launch): void {
    if (startingFolder !== null) this.#log.write(`[rollcall] in ${startingFolder}`);
    this.#log.write(`[rollcall] ${[program, ...words].map((word) => JSON.stringify(word)).join(' ')}`);
  }
}

/** A process to start, and the file that it is. */
interface Prepared extends Launch {
  readonly resolved: ResolvedProgram;
}

function templateRun(
  order: WorkOrder,
  templates: PythonTemplates,
  write: (line: string) => void,
): TemplateRun | undefined {
  const { python } = order;
  return python && new TemplateRun(templates, { ...order, python }, write);
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
