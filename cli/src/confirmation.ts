/** Asking before what cannot be undone. */
import { Option } from 'commander';
import { canAsk, confirm } from './ask.ts';
import { exitCodes } from './exitCodes.ts';
import { CliError, usageError } from './failure.ts';

export interface Confirmable {
  readonly yes?: boolean;
}

export const yesOption = (): Option => new Option('-y, --yes', 'do not ask');

/**
 * Returns only if somebody said yes, by --yes or to the question. Without a terminal there is nobody to ask, and a
 * script that goes on all the same has to say so.
 */
export async function assertConfirmed(
  { yes = false }: Confirmable,
  /** What would have happened: `deleted`. */
  deed: string,
  question: () => Promise<string> | string,
): Promise<void> {
  if (yes) return;
  if (!canAsk()) {
    throw usageError(`nothing was ${deed}: there is no terminal to ask on; --yes goes on without asking`);
  }
  if (!(await confirm(await question()))) throw new CliError(exitCodes.refused, `nothing was ${deed}`);
}
