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
  /** A node could not do what it was told, or code that it ran failed. */
  commandFailed: 8,
  /** An error of this program itself. */
  bug: 70,
  /** Ended by Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The same for people: in the manual page and in the documentation. */
export const exitMeanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  ok: 'done',
  refused: 'the dispatcher refused the request, or you answered no',
  usage: 'the command line or a file is wrong; nothing was sent',
  notFound: 'there is no such job, chunk, node or pool',
  denied: 'not logged in, or not allowed',
  unreachable: 'the dispatcher cannot be reached',
  conflict: 'not possible in the state that something is in, or changed by somebody meanwhile',
  jobFailed: 'a job that was watched failed',
  commandFailed: 'a node could not do what it was told, or Python code that it ran failed',
  bug: 'an error of the program itself',
  interrupted: 'ended by Ctrl-C',
};
