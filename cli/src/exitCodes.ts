/** What the exit code of `rollcall` says; scripts rely on it, so a number never changes its meaning. */
export const exitCodes = {
  ok: 0,
  /** The dispatcher refused the request, or could not carry it out. */
  refused: 1,
  /** The command line, or a file that it names, is wrong; nothing was sent. */
  usage: 2,
  notFound: 3,
  /** Not logged in, or not allowed. */
  denied: 4,
  /** No dispatcher answered, or it cannot answer now. */
  unreachable: 5,
  /** Refused because of the state that something is in. */
  conflict: 6,
  /** A job that was watched failed. */
  jobFailed: 7,
  /** An error of this program itself. */
  bug: 70,
  /** Ended by Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
