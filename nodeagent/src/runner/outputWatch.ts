/** Looks for progress, errors and warnings in the lines of a render. */
import vm from 'node:vm';
import type { OutputChecks } from '../../../client/src/generated.ts';
import type { Line } from './lines.ts';

/** So much of a line is looked at. */
const longestLine = 4 * 1_024;
/**
 * So long all patterns may take on one line. A pattern with nested repeats can take longer than the universe is old; it
 * would stop heartbeats and all. Far above what an honest pattern needs even where a render leaves the agent little time.
 */
const patienceMs = 1_000;
/** Many lines are looked at in slices of this length, so that the time limit is about one line, not about their number. */
const sliceMs = 50;

type Purpose = 'progress' | 'error' | 'licence' | 'warning';

interface Pattern {
  readonly purpose: Purpose;
  readonly expression: RegExp;
}

/** A pattern that is no regular expression. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

export class OutputWatch {
  /** From 0 to 1. */
  progress = 0;
  firstError: string | undefined;
  firstWarning: string | undefined;
  /** The first line that tells that no licence was to be had. */
  firstShortage: string | undefined;
  /** The last line that was not empty. */
  lastLine = '';
  readonly #patterns: Pattern[];
  readonly #script = new vm.Script('scan()');
  readonly #context: vm.Context;
  #lines: readonly Line[] = [];
  #line = 0;
  #pattern = 0;

  /** Throws `PatternError`. */
  constructor(checks: OutputChecks) {
    this.#patterns = [
      ...(checks.progressPattern === null ? [] : [compile('progress', checks.progressPattern)]),
      ...checks.errorPatterns.map((pattern) => compile('error', pattern)),
      ...(checks.licencePatterns ?? []).map((pattern) => compile('licence', pattern)),
      ...checks.warningPatterns.map((pattern) => compile('warning', pattern)),
    ];
    this.#context = vm.createContext({ scan: () => this.#scan() });
  }

  /** Looks at a batch of lines. Gives back a notice for the log for each pattern that had to be given up. */
  look(lines: readonly Line[]): string[] {
    this.#lines = lines;
    this.#line = 0;
    this.#pattern = 0;
    const notices: string[] = [];
    while (this.#line < lines.length) {
      const before = process.cpuUsage();
      try {
        // A time limit around a script is the only thing that interrupts a regular expression.
        this.#script.runInContext(this.#context, { timeout: patienceMs });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
        // Time that other processes took from us is not the pattern's fault: try the line again.
        const { user, system } = process.cpuUsage(before);
        if (user + system > (patienceMs * 1_000) / 2) notices.push(this.#giveUp());
      }
    }
    return notices;
  }

  #scan(): void {
    const until = performance.now() + sliceMs;
    for (; this.#line < this.#lines.length; this.#line += 1, this.#pattern = 0) {
      if (performance.now() > until) return;
      const line = this.#lines[this.#line];
      if (line === undefined || line.isContinued) continue;
      const text = line.text.slice(0, longestLine);
      if (text.trim() !== '') this.lastLine = text;
      for (; this.#pattern < this.#patterns.length; this.#pattern += 1) {
        const pattern = this.#patterns[this.#pattern];
        if (pattern !== undefined) this.#try(pattern, text);
      }
    }
  }

  #try({ purpose, expression }: Pattern, text: string): void {
    // Only the first of each is told; further ones change nothing.
    if (purpose === 'error' && this.firstError !== undefined) return;
    if (purpose === 'licence' && this.firstShortage !== undefined) return;
    if (purpose === 'warning' && this.firstWarning !== undefined) return;
    const match = expression.exec(text);
    if (match === null) return;
    if (purpose === 'error') this.firstError = text;
    else if (purpose === 'licence') this.firstShortage = text;
    else if (purpose === 'warning') this.firstWarning = text;
    else this.progress = progressOf(match) ?? this.progress;
  }

  /**
   * Goes on without the pattern that was being tried. What an error pattern would have found is not known then, so it counts
   * as found; the same for a warning.
   */
  #giveUp(): string {
    const [pattern] = this.#patterns.splice(this.#pattern, 1);
    if (pattern === undefined) return '';
    const notice = `the ${pattern.purpose} pattern ${pattern.expression} takes too long on a line of the output; simplify it in the template`;
    if (pattern.purpose === 'error') this.firstError ??= notice;
    if (pattern.purpose === 'warning') this.firstWarning ??= notice;
    return notice;
  }
}

function compile(purpose: Purpose, source: string): Pattern {
  try {
    return { purpose, expression: new RegExp(source) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PatternError(`the ${purpose} pattern of the template cannot be used: ${reason}`, { cause });
  }
}

/** One group: percent. Two groups: done and total. Renderers in some locales write a decimal comma. */
function progressOf([, first, second]: RegExpExecArray): number | undefined {
  const done = Number(first?.replace(',', '.') ?? Number.NaN);
  const total = second === undefined ? 100 : Number(second.replace(',', '.'));
  const progress = done / total;
  return Number.isFinite(progress) ? Math.min(1, Math.max(0, progress)) : undefined;
}
