/** Why a render cannot go on, with the exit code that tells so. */

export const exitCodes = {
  /** An argument or the scene breaks a rule. */
  badInput: 2,
  /** The scene file cannot be read. */
  unreadable: 3,
  /** An image cannot be written. */
  unwritable: 4,
} as const;

/** Ends the program with one `Error: …` line for each problem. */
export class RenderError extends Error {
  readonly exitCode: number;
  readonly problems: readonly string[];

  constructor(exitCode: number, problems: readonly string[]) {
    super(problems.join('; '));
    this.exitCode = exitCode;
    this.problems = problems;
  }
}
