/**
 * Every error that Rollcall answers with: HTTP status, the number that clients of the reference see as
 * MUSTERERR code (0 is success; the numbers are ours, one per cause, and never change), whether the same
 * request may succeed when it is sent again, and the message. `{name}` in a message is filled from the details.
 */
export interface ErrorDefinition {
  readonly status: number;
  readonly number: number;
  readonly retryable: boolean;
  readonly message: string;
}

export const errorCodes = {
  'malformed-request': {
    status: 400,
    number: 1,
    retryable: false,
    message: 'The request cannot be read: {reason}.',
  },
  unauthenticated: {
    status: 401,
    number: 2,
    retryable: false,
    message: 'This call needs a valid token: send `Authorization: Bearer TOKEN`; {reason}.',
  },
  'login-refused': { status: 401, number: 3, retryable: false, message: 'User name or password is wrong.' },
  forbidden: {
    status: 403,
    number: 4,
    retryable: false,
    message: '{caller} may not call {operation}: {rule}.',
  },
  'no-such-operation': {
    status: 404,
    number: 5,
    retryable: false,
    message: 'There is no operation {method} {path}.',
  },
  'not-found': { status: 404, number: 6, retryable: false, message: 'There is no {what} {id}.' },
  'request-conflict': {
    status: 409,
    number: 7,
    retryable: false,
    message: 'Request token {requestToken} was used for another request; use a new token for a new request.',
  },
  conflict: {
    status: 409,
    number: 8,
    retryable: true,
    message: '{what} {id} changed at the same time; read it again and repeat.',
  },
  'transition-refused': {
    status: 409,
    number: 9,
    retryable: false,
    message: '{what} {id} is {from}: {event} is not possible; {rule}.',
  },
  'stale-attempt': {
    status: 409,
    number: 10,
    retryable: false,
    message: 'Attempt {token} is not valid any more; stop its process and ask for work anew.',
  },
  'session-replaced': {
    status: 409,
    number: 11,
    retryable: false,
    message: 'Node {nodeId} has registered again since; this session is over, register again.',
  },
  'node-name-taken': {
    status: 409,
    number: 12,
    retryable: false,
    message: 'A live node of another machine is named {name}; choose another name or stop that node.',
  },
  'too-large': {
    status: 413,
    number: 13,
    retryable: false,
    message: '{what} has {size} bytes, the most is {maximum}.',
  },
  'invalid-input': { status: 422, number: 14, retryable: false, message: '{field}: {rule}.' },
  internal: {
    status: 500,
    number: 15,
    retryable: false,
    message: 'Something went wrong on our side; incident {incident} in the log says what.',
  },
  'try-again': {
    status: 503,
    number: 16,
    retryable: true,
    message: 'Rollcall cannot answer now: {reason}; repeat the request.',
  },
  'already-exists': {
    status: 409,
    number: 17,
    retryable: false,
    message: 'There is a {what} {id} already; choose another name or change that one.',
  },
  'unsupported-format': {
    status: 415,
    number: 19,
    retryable: false,
    message: '{format} is not spoken here; send JSON and ask for JSON.',
  },
  'too-many-logins': {
    status: 429,
    number: 18,
    retryable: false,
    message: 'There were too many failed logins; try again after {until}.',
  },
  'flush-timeout': {
    status: 504,
    number: 23,
    retryable: true,
    message:
      'After {seconds} s the change feed has not come so far; what was written is safe. Repeat the call.',
  },
  'queue-too-large': {
    status: 409,
    number: 24,
    retryable: false,
    message:
      'The queue cannot be exported within {seconds} s; back up jobs that have ended and delete them, then repeat the call.',
  },
  'queue-importing': {
    // Not 503: nobody is to be woken by what an operator does.
    status: 409,
    number: 25,
    retryable: true,
    message: 'The queue is being replaced by an import; repeat the request when that has ended.',
  },
  'import-refused': {
    status: 422,
    number: 26,
    retryable: false,
    message: '{rule}. Nothing was changed.',
  },
  'archive-busy': {
    status: 409,
    number: 28,
    retryable: true,
    message: '{what} {id} is on its way already: {work}; repeat this when that has ended.',
  },
  'backup-damaged': {
    status: 409,
    number: 29,
    retryable: false,
    message: 'Backup {id} cannot be restored: {rule}.',
  },
  'directory-unavailable': {
    status: 503,
    number: 34,
    retryable: true,
    message:
      'The directory of users does not answer, so users of the directory cannot log in now; repeat the request later.',
  },
  'sso-refused': {
    status: 401,
    number: 35,
    retryable: false,
    message: 'The login is refused: {reason}; begin another one.',
  },
  'sso-unavailable': {
    status: 503,
    number: 36,
    // A login that comes back is ended whatever comes of it.
    retryable: false,
    message:
      'The provider of identities does not answer, or not as it should, so nobody can log in by it now; begin another login later.',
  },
  'hook-refused': {
    status: 409,
    number: 37,
    retryable: false,
    message: '{hook} of template {template} refuses: {rule}.',
  },
  'hook-failed': {
    status: 503,
    number: 38,
    // It is our fault or that of the template, and asking again takes as long again.
    retryable: false,
    message:
      '{hook} of template {template} gave no answer, so the request is refused: {rule}; tell who looks after the template.',
  },
  'hook-recursion': {
    status: 409,
    number: 46,
    retryable: false,
    message:
      'The job would be {depth} hooks away from a person, the most is {maximum}; a hook must not submit a job of its own template without an end.',
  },
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof errorCodes;

/** Codes that any operation may answer with; operations list only what they add. */
export const commonErrors = [
  'malformed-request',
  'unauthenticated',
  'forbidden',
  'too-large',
  'invalid-input',
  'internal',
  'try-again',
] as const satisfies readonly ErrorCode[];
