/** What the end of a render means. Pure. */
import { stripVTControlCharacters } from 'node:util';
import type { WorkOrder } from '../../../client/src/generated.ts';
import type { RunResult } from '../ports.ts';

/** As long as a report may say. */
const longestMessage = 512;

export interface Ending {
  /** Why the agent stopped the process, undefined if it ended by itself. */
  readonly stopped: 'timed-out' | 'interrupted' | undefined;
  /** Why there was no process; undefined if it was started. */
  readonly hindrance: string | undefined;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly firstError: string | undefined;
  readonly firstWarning: string | undefined;
  /** A line that tells that no licence was to be had. */
  readonly shortage: string | undefined;
  readonly lastLine: string;
}

export type Outcome = Pick<RunResult, 'outcome' | 'exitCode' | 'message' | 'lacksLicence'>;

export function decideOutcome(order: Pick<WorkOrder, 'checks' | 'timeoutSeconds'>, ending: Ending): Outcome {
  const outcome = outcomeOf(order, ending);
  // Whatever its exit code says: without a licence there is no frame.
  return ending.shortage !== undefined && outcome.outcome !== 'interrupted'
    ? {
        outcome: 'interrupted',
        exitCode: ending.exitCode,
        message: printable(`got no licence: ${ending.shortage}`),
        lacksLicence: true,
      }
    : outcome;
}

function outcomeOf(
  { checks, timeoutSeconds }: Pick<WorkOrder, 'checks' | 'timeoutSeconds'>,
  ending: Ending,
): Outcome {
  const { exitCode, firstError, firstWarning } = ending;
  const result = (outcome: RunResult['outcome'], message: string) => ({
    outcome,
    exitCode,
    message: printable(message),
  });
  if (ending.hindrance !== undefined) return result('failed', ending.hindrance);
  if (ending.stopped === 'interrupted') return interrupted(exitCode);
  if (ending.stopped === 'timed-out') {
    return result('timed-out', `did not end within ${timeoutSeconds} seconds`);
  }
  if (firstError !== undefined) return result('failed', firstError);
  if (exitCode === null) {
    return result('failed', `was ended by ${ending.signal ?? 'the system'}${lastWords(ending)}`);
  }
  const isWarning = checks.warningExitCodes.includes(exitCode);
  const isGood =
    (isWarning || checks.validExitCodes.includes(exitCode)) && !checks.errorExitCodes.includes(exitCode);
  if (checks.checksExitCode && !isGood) {
    return result('failed', `exit code ${exitCode}${lastWords(ending)}`);
  }
  if (firstWarning !== undefined) return result('warning', firstWarning);
  if (checks.checksExitCode && isWarning)
    return result('warning', `exit code ${exitCode}${lastWords(ending)}`);
  return result('completed', '');
}

export const interrupted = (exitCode: number | null): Outcome => ({
  outcome: 'interrupted',
  exitCode,
  message: 'the node was told to stop',
});

export const actionFailed = (exitCode: number | null, problem: string): Outcome => ({
  outcome: 'failed',
  exitCode,
  message: printable(problem),
});

export function frameCheckFailed(exitCode: number | null, problems: readonly string[]): Outcome {
  const [first = '', ...others] = problems;
  const more = others.length === 0 ? '' : `; and ${others.length} more, see the log`;
  return {
    outcome: 'failed',
    exitCode,
    message: `${printable(first).slice(0, longestMessage - more.length)}${more}`,
  };
}

const lastWords = ({ lastLine }: Ending): string => (lastLine === '' ? '' : `; last line: ${lastLine}`);

/** Without terminal colours, control characters and halves of characters. */
function printable(message: string): string {
  return stripVTControlCharacters(message)
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, longestMessage)
    .toWellFormed();
}
