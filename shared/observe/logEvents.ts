/** Every log line that exists. What is not declared here cannot be logged, and no field holds a secret. */
export const logEvents = {
  'request-failed': {
    level: 'error',
    text: 'An operation failed by our fault; the caller has the incident id.',
  },
  'record-failed': { level: 'error', text: 'A record of the feed or a queue failed and will come again.' },
  'record-malformed': { level: 'error', text: 'A message that cannot be read was dropped.' },
  'hook-failed': { level: 'warn', text: 'A hook of a template failed; it is in the list of failures.' },
  'hook-failures-dropped': {
    level: 'warn',
    text: 'More hooks failed than are kept; the oldest failures were dropped from the list.',
  },
  'lease-expired': { level: 'warn', text: 'A node was silent beyond its lease; its chunk goes back.' },
  'chunk-orphaned': { level: 'warn', text: 'A running chunk had no holder and was put back.' },
  'slots-corrected': { level: 'warn', text: "A job's instances did not match the nodes that work on it." },
  'limit-corrected': { level: 'warn', text: 'A limit did not match what nodes hold.' },
  'job-ended': { level: 'info', text: 'A recount ended a job.' },
  'job-lacks-licence': {
    level: 'warn',
    text: 'A program got no licence; its job waits until then, and the chunk with it.',
  },
  'record-dropped': { level: 'error', text: 'A record of the feed failed five times and was left out.' },
  'archive-work-ended': {
    level: 'warn',
    text: 'A backup or restore that the tick carried on could not go on, and was given up.',
  },
  'archive-work-failed': { level: 'error', text: 'A step of a backup or restore failed; it is tried again.' },
  'directory-unavailable': {
    level: 'warn',
    text: 'The directory of users did not answer, or not as it should; its users cannot log in.',
  },
  'sso-unavailable': {
    level: 'warn',
    text: 'The provider of identities did not answer, or not as it should; its users cannot log in.',
  },
  'sso-refused': {
    level: 'warn',
    text: 'Somebody came back from the provider of identities without a proof of who they are.',
  },
  'sso-taken': {
    level: 'warn',
    text: 'Somebody has, at the provider of identities, the name of a user who is another account there; who removes that user lets them in.',
  },
  'consoles-late': {
    level: 'error',
    text: 'Consoles hear of a change more than half a minute late.',
  },
  'console-dropped': {
    level: 'warn',
    text: 'A Console or notificator did not take a message in time and was disconnected; it connects again.',
  },
  'events-postponed': {
    level: 'warn',
    text: 'The event bus did not take events; they go by a queue and are put again.',
  },
  'hook-printed': { level: 'info', text: 'A hook printed something.' },
  'duty-failed': { level: 'error', text: 'A duty of the tick failed; the others went on.' },
} as const;

export type LogEvent = keyof typeof logEvents;
