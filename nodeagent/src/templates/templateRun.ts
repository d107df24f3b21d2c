/** One chunk of a template in Python: its process, a look at the output now and then, and the judgement at the end. */
import type { OutputChecks } from '../../../client/src/generated.ts';
import { BoundedText } from '../runner/boundedText.ts';
import { HookFailure } from './hookFailure.ts';
import type { Attendance, Launch, PythonTemplates, PythonWork, Verdict } from './pythonTemplates.ts';

/** So often a template looks at the output of a render that goes on. */
const lookMs = 5_000;

/** What the template found, and the checks that are left to the agent. */
export interface Judgement {
  readonly checks: OutputChecks;
  readonly verdict: Verdict | undefined;
}

export class TemplateRun {
  /** Nothing of the template is asked any more. */
  isOver = false;
  readonly #templates: PythonTemplates;
  readonly #order: PythonWork;
  readonly #attendance: Attendance;
  readonly #stopping = new AbortController();
  readonly #output = new BoundedText();
  /** Why the template ended the render. */
  #abortedBy: Verdict | undefined;

  /** `write` takes what functions write. */
  constructor(templates: PythonTemplates, order: PythonWork, write: (line: string) => void) {
    this.#templates = templates;
    this.#order = order;
    this.#attendance = { signal: this.#stopping.signal, write };
  }

  /** The process to start, or why there is none. */
  async launch(): Promise<Launch | string> {
    try {
      return await this.#templates.prepare(this.#order, this.#attendance);
    } catch (error) {
      return failureOf(error).text;
    }
  }

  /** Takes a line that the process has written. */
  append(line: string): void {
    this.#output.append(`${line}\n`);
  }

  /** Looks at the output while the process runs, and calls `abort` when the template says so. Gives back what ends the looking. */
  lookAtOutput(abort: () => void): () => Promise<void> {
    let seen = 0;
    let looking: Promise<void> | undefined;
    const look = async (): Promise<void> => {
      seen = this.#output.length;
      const verdict = await this.#checkLog().catch(failureOf);
      if (verdict?.aborts !== true || this.isOver) return;
      this.#abortedBy = verdict;
      abort();
    };
    const timer = setInterval(() => {
      if (looking !== undefined || this.#output.length === seen) return;
      looking = look().finally(() => {
        looking = undefined;
      });
    }, lookMs);
    return async () => {
      clearInterval(timer);
      await looking;
    };
  }

  /** Whether the process that ended did well, as the template sees it. */
  async judge(exitCode: number | null): Promise<Judgement> {
    const { checks } = this.#order;
    const verdict = this.#abortedBy ?? (await this.#judge(exitCode).catch(failureOf));
    this.isOver = true;
    const isCodeJudged = this.#order.python.hooks.includes('onCheckExitCode');
    return { checks: isCodeJudged ? { ...checks, checksExitCode: false } : checks, verdict };
  }

  /** Ends the function that is being called, and asks nothing more. */
  stop(): void {
    this.isOver = true;
    this.#stopping.abort();
  }

  async #judge(exitCode: number | null): Promise<Verdict | undefined> {
    const ofLog = await this.#checkLog();
    if (ofLog?.isWarning === false || exitCode === null) return ofLog;
    const ofCode = await this.#templates.checkExitCode(this.#order, exitCode, this.#attendance);
    return ofCode?.isWarning === false ? ofCode : (ofLog ?? ofCode);
  }

  #checkLog(): Promise<Verdict | undefined> {
    return this.#templates.checkLog(this.#order, this.#output.text, this.#attendance);
  }
}

/** A template that cannot be asked fails its chunk. */
function failureOf(error: unknown): Verdict {
  if (!(error instanceof HookFailure)) throw error;
  return { isWarning: false, text: error.message, aborts: true };
}
