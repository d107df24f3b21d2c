/** Errors, as the person at the terminal is told about them: one line that says what to do, and an exit code. */
import { CommanderError } from 'commander';
import { RollcallError, UnreachableError } from '../../client/src/client.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { printable } from './output/printable.ts';

/** Something is wrong on this side of the wire, and the text says what to do about it. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** The command line asks for something that makes no sense. */
export const usageError = (message: string, options?: ErrorOptions): CliError =>
  new CliError(exitCodes.usage, message, options);

/** The exit code that an error ends the program with. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CliError) return error.exitCode;
  if (error instanceof UnreachableError) return exitCodes.unreachable;
  if (error instanceof RollcallError) return exitCodeOfStatus(error.status);
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  return exitCodes.bug;
}

function exitCodeOfStatus(status: number): ExitCode {
  switch (status) {
    case 401:
    case 403:
      return exitCodes.denied;
    case 404:
      return exitCodes.notFound;
    case 409:
      return exitCodes.conflict;
    case 503:
      return exitCodes.unreachable;
    default:
      return exitCodes.refused;
  }
}

/** An error in one line, safe to print. An error of this program itself keeps its stack: somebody has to find it. */
export function errorText(error: unknown): string {
  if (exitCodeOf(error) === exitCodes.bug) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `an error of the program itself, please report it: ${text.split('\n').map(printable).join('\n')}`;
  }
  return printable(error instanceof Error ? error.message + advice(error) : String(error));
}

function advice(error: Error): string {
  if (error instanceof UnreachableError) return '; is it running? --url names another dispatcher';
  if (!(error instanceof RollcallError)) return '';
  switch (error.code) {
    case 'unauthenticated':
      return ' Log in again: rollcall login';
    case 'no-such-operation':
      return ' The dispatcher is of another version than this program.';
    default:
      return '';
  }
}
